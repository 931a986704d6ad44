/** The message files of ui/messages/<locale>/: one per part of the screen, so that two people seldom edit the same one. */
export const FEATURES = ["access", "app", "auth", "base", "calendar", "camera", "capture", "case", "cases", "compound", "error", "form", "indicator", "kit", "ledger", "missing", "office", "paper", "personal", "photo", "plan", "proceeding", "review", "round", "settings", "sync", "today"];
export const LOCALES = ["zh-Hans", "zh-Hant", "en"];

/**
 * Words of the computer, not of the law, are said in zh-Hant as its readers know them (glossary, last rows).
 * Legal and town words keep their mainland form in traditional glyphs.
 */
export const INTERFACE_WORDS = [
  ["服務器", "伺服器"],
  ["磁盤", "磁碟"],
  ["發送", "傳送"],
  ["導入", "匯入"],
  ["導出", "匯出"],
  ["打印", "列印"],
  ["文件夾", "資料夾"],
  ["程序", "程式"],
  ["網絡", "網路"],
  ["設置", "設定"],
  ["窗口", "視窗"],
  ["默認", "預設"],
  ["賬戶", "帳戶"],
  ["用戶名", "使用者名稱"],
  ["用戶", "使用者"],
  ["聯系", "聯繫"],
  ["覈", "核"],
  ["裏", "裡"],
  ["羣", "群"],
  ["啓", "啟"],
  ["信息", "資訊"],
  ["儲存", "保存"],
  ["爲", "為"],
  ["軟件", "軟體"],
  ["數據", "資料"],
  ["鏈接", "連結"],
  ["屏幕", "螢幕"],
  ["登錄", "登入"],
  ["縮略圖", "縮圖"],
  ["鑰匙串", "鑰匙圈"],
];

/** Legal words in which a word of the computer occurs: they stay as the law says them. */
export const LEGAL_WORDS = ["執法程序"];
