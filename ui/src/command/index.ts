export { addCommands, currentCommands, runCommand, useCommandList, useCommands } from "./registry";
export type { Command, Scope } from "./registry";
export { isEditable, setLetterKeys, startHotkeys } from "./hotkeys";
