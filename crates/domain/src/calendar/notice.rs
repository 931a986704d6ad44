//! The sentences of a holiday notice: `三、清明节：4月4日（周六）至6日（周一）放假，共3天。`
//!
//! Nothing is guessed. A sentence with a date that is neither 放假 nor 上班 is handed back unread (the advice to let people
//! take leave on New Year's Eve is one); a weekday or a number of days that does not agree is a problem.

use chrono::{Datelike, NaiveDate};

use super::check::Problem;
use super::{NamedDay, Published};

/// What was understood, what is wrong with it, and which sentences were left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    pub published: Published,
    pub problems: Vec<Problem>,
    /// Sentences with a date that say neither off nor at work, as they stand.
    pub unread: Vec<String>,
}

const WEEKDAYS: &[char] = &['一', '二', '三', '四', '五', '六', '日'];
const ORDINALS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Reads a notice. `year` is the one the person chose; else the text must name it.
#[must_use]
pub fn read(text: &str, year: Option<i32>) -> Read {
    let text = plain(text);
    let Some(year) = title_year(&text).or(year) else {
        let problems = vec![Problem::new("year_missing", None)];
        return Read { problems, ..Read::default() };
    };
    let mut made = Making { year, festival: String::new(), days: Vec::new(), problems: Vec::new(), unread: Vec::new() };
    for sentence in text.split(['。', ';', '；', '\n']).map(str::trim).filter(|s| !s.is_empty()) {
        made.sentence(sentence);
    }
    let published = Published { year, notice_no: notice_no(&text), days: made.days, ..Published::default() };
    let read = super::file::whole(published, made.problems);
    Read { unread: made.unread, ..read }
}

struct Making {
    year: i32,
    festival: String,
    days: Vec<NamedDay>,
    problems: Vec<Problem>,
    unread: Vec<String>,
}

impl Making {
    fn sentence(&mut self, sentence: &str) {
        let (festival, body) = heading(sentence);
        if let Some(name) = festival {
            name.clone_into(&mut self.festival);
        }
        let mut scan = Scan::of(body);
        let spans = match scan.spans(self.year) {
            Ok(spans) => spans,
            Err(problem) => return self.problems.push(problem.found(body)),
        };
        if spans.is_empty() {
            return;
        }
        let (off, at_work) = (body.contains("放假"), body.contains("上班"));
        if off == at_work || self.festival.is_empty() {
            return self.unread.push(sentence.to_owned());
        }
        let dates: Vec<NaiveDate> = spans.iter().flat_map(Span::days).collect();
        self.problems.extend(spans.into_iter().flat_map(|span| span.problems));
        if let Some(said) = days_said(body).filter(|said| off && *said != dates.len()) {
            let first = dates.first().copied();
            self.problems.push(Problem::new("count_wrong", first).found(dates.len()).expected(said));
        }
        let name = &self.festival;
        self.days.extend(dates.into_iter().map(|date| NamedDay { date, off, name: name.clone() }));
    }
}

/// A first and a last day, both included.
struct Span {
    from: NaiveDate,
    to: NaiveDate,
    problems: Vec<Problem>,
}

/// No holiday is longer: a span beyond it is a slip of the pen.
const SPAN_DAYS_MAX: i64 = 31;

impl Span {
    fn days(&self) -> Vec<NaiveDate> {
        self.from.iter_days().take_while(|d| *d <= self.to).collect()
    }
}

/// A text read from left to right.
struct Scan {
    chars: Vec<char>,
    at: usize,
}

/// `2026年12月31日`, as far as it is said.
#[derive(Clone, Copy)]
struct Said {
    year: Option<i32>,
    month: Option<u32>,
    day: u32,
    weekday: Option<usize>,
}

impl Scan {
    fn of(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0 }
    }

    /// Every date and span of dates in the sentence.
    fn spans(&mut self, year: i32) -> Result<Vec<Span>, Problem> {
        let mut spans = Vec::new();
        while self.at < self.chars.len() {
            let Some(first) = self.date(None) else {
                self.skip();
                continue;
            };
            let to = self.eat_any(&['至', '到', '—', '-', '~', '～', '－']).then(|| self.date(first.month)).flatten();
            let span = resolve(year, first, to)?;
            if (span.to - span.from).num_days() > SPAN_DAYS_MAX || span.to < span.from {
                return Err(Problem::new("date_unclear", Some(span.from)).expected(span.to));
            }
            spans.push(span);
        }
        Ok(spans)
    }

    /// One character, or a whole number that is no date.
    fn skip(&mut self) {
        if self.number().is_none() {
            self.at += 1;
        }
    }

    /// `1月1日（周四）`; `6日` where a month is known. None leaves the place as it was.
    fn date(&mut self, month: Option<u32>) -> Option<Said> {
        let start = self.at;
        let said = self.try_date(month);
        if said.is_none() {
            self.at = start;
        }
        said
    }

    fn try_date(&mut self, month: Option<u32>) -> Option<Said> {
        let mut number = self.number()?;
        let mut said = Said { year: None, month, day: 0, weekday: None };
        if self.eat_any(&['年']) {
            said.year = i32::try_from(number).ok();
            number = self.number()?;
        }
        if self.eat_any(&['月']) {
            said.month = Some(number);
            number = self.number()?;
        }
        said.month?;
        if !self.eat_any(&['日', '号']) {
            return None;
        }
        said.day = number;
        said.weekday = self.weekday();
        Some(said)
    }

    /// The weekday in brackets, whatever else stands in them: `（农历除夕、周一）`.
    fn weekday(&mut self) -> Option<usize> {
        if !self.eat_any(&['(']) {
            return None;
        }
        let rest = self.chars.get(self.at..)?;
        let close = rest.iter().position(|c| *c == ')')?;
        let within: String = rest.iter().take(close).collect();
        self.at += close + 1;
        ["星期", "周", "礼拜"].iter().find_map(|word| {
            let (_, after) = within.split_once(word)?;
            let day = after.chars().next().map(|c| if c == '天' { '日' } else { c })?;
            WEEKDAYS.iter().position(|w| *w == day)
        })
    }

    fn number(&mut self) -> Option<u32> {
        let digits: String = self.chars.get(self.at..)?.iter().take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        if digits.len() > 4 {
            return None;
        }
        digits.parse().ok()
    }

    fn eat_any(&mut self, of: &[char]) -> bool {
        let found = self.chars.get(self.at).is_some_and(|c| of.contains(c));
        self.at += usize::from(found);
        found
    }
}

fn resolve(year: i32, first: Said, last: Option<Said>) -> Result<Span, Problem> {
    let (from, mut problems) = day_of(first, year)?;
    let Some(last) = last else { return Ok(Span { from, to: from, problems }) };
    let (to, wrong) = day_of(last, first.year.unwrap_or(year))?;
    problems.extend(wrong);
    Ok(Span { from, to, problems })
}

/// A month of December without a year may be of this year or the one before: only its weekday can tell.
fn day_of(said: Said, year: i32) -> Result<(NaiveDate, Vec<Problem>), Problem> {
    let month = said.month.unwrap_or_default();
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, month, said.day);
    let agrees = |date: &NaiveDate| said.weekday.is_none_or(|w| weekday_of(*date) == w);
    let no_such = || Problem::new("no_such_date", None).expected(format!("{month}-{}", said.day));
    if said.year.is_none() && month == 12 {
        let both: Vec<NaiveDate> = [year - 1, year].into_iter().filter_map(in_year).filter(agrees).collect();
        return match both.as_slice() {
            [one] => Ok((*one, Vec::new())),
            _ => Err(Problem::new("date_unclear", in_year(year)).expected(year - 1)),
        };
    }
    let date = in_year(said.year.unwrap_or(year)).ok_or_else(no_such)?;
    let wrong = said.weekday.filter(|_| !agrees(&date)).map(|w| {
        let word = |at: usize| format!("周{}", WEEKDAYS.get(at).copied().unwrap_or('?'));
        Problem::new("weekday_wrong", Some(date)).found(word(w)).expected(word(weekday_of(date)))
    });
    Ok((date, wrong.into_iter().collect()))
}

fn weekday_of(date: NaiveDate) -> usize {
    usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0)
}

/// `三、清明节：` before the rest.
fn heading(sentence: &str) -> (Option<&str>, &str) {
    let after = sentence.trim_start_matches(ORDINALS);
    let Some(after) = after.strip_prefix(['、', '.', '．']).filter(|_| after.len() < sentence.len()) else {
        return (None, sentence);
    };
    match after.split_once([':', '：']) {
        Some((name, body)) => (Some(name.trim()), body),
        None => (None, sentence),
    }
}

/// `共8天`, `放假1天`: how many days the sentence says it gives.
fn days_said(body: &str) -> Option<usize> {
    ["共", "放假"].iter().find_map(|word| {
        let (_, after) = body.split_once(word)?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        after.strip_prefix(digits.as_str())?.strip_prefix('天')?;
        digits.parse().ok()
    })
}

/// `2027年` of the title, which speaks of 节假日 or 放假安排.
fn title_year(text: &str) -> Option<i32> {
    let line = text.lines().find(|l| l.contains("放假安排") || l.contains("节假日安排"))?;
    let (before, _) = line.split_once('年')?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let digits: String = digits.chars().rev().collect();
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

/// `国办发明电〔2026〕9号`
fn notice_no(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|l| l.contains("国办") && l.ends_with('号'));
    line.filter(|l| l.chars().count() <= 40).unwrap_or_default().to_owned()
}

/// Half-width digits and brackets, no blanks, so that a text copied from a page reads like one that was typed.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '（' => '(',
        '）' => ')',
        '：' => ':',
        _ => c,
    };
    let kept = text.chars().filter(|c| *c == '\n' || !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}');
    kept.map(half).collect()
}
