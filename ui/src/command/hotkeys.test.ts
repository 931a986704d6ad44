import { afterEach, describe, expect, it } from "vitest";
import { findCommand, setLetterKeys } from "./hotkeys";
import { isLetterKeys, matchesStep, parseStep } from "./keys";
import { type Command, addCommands, currentCommands, runCommand } from "./registry";

function press(key: string, over: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return { key, keyCode: 0, isComposing: false, defaultPrevented: false, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null, ...over } as KeyboardEvent;
}

const command = (id: string, keys: string[], scope: Command["scope"] = "list", over: Partial<Command> = {}): Command => ({ id, label: id, keys, scope, run: () => {}, ...over });
const found = (event: KeyboardEvent, ...commands: Command[]) => findCommand(event, commands)?.id ?? null;

afterEach(() => setLetterKeys(true));

describe("keys as text", () => {
  it("reads modifiers and the plus sign itself", () => {
    expect(parseStep("Shift+Mod+Enter")).toEqual({ key: "Enter", mod: true, alt: false, shift: true });
    expect(parseStep("+").key).toBe("+");
    expect(parseStep("Space").key).toBe(" ");
  });

  it("takes ⌘ for Ctrl, and Shift as part of a sign", () => {
    expect(matchesStep(press("k", { metaKey: true }), "Mod+K")).toBe(true);
    expect(matchesStep(press("?", { shiftKey: true }), "?")).toBe(true);
    expect(matchesStep(press("N", { shiftKey: true }), "n")).toBe(false);
    expect(matchesStep(press("k"), "Mod+K")).toBe(false);
  });

  it("knows what a person may switch off", () => {
    expect(["a", "?", "1", "G T"].map(isLetterKeys)).toEqual([true, true, true, true]);
    expect(["Mod+K", "F8", "Enter", "Alt+ArrowLeft", "ArrowDown"].map(isLetterKeys)).toEqual([false, false, false, false, false]);
  });
});

describe("finding the command", () => {
  it("leaves the input method its keys, by either sign", () => {
    const accept = command("accept", ["a", "Enter"], "review");
    expect(found(press("a"), accept)).toBe("accept");
    expect(found(press("a", { isComposing: true }), accept)).toBeNull();
    expect(found(press("a", { keyCode: 229 }), accept)).toBeNull();
    expect(found(press("Enter", { keyCode: 229 }), accept)).toBeNull();
  });

  it("switches single characters off, and only those", () => {
    setLetterKeys(false);
    const commands = [command("down", ["j", "ArrowDown"]), command("search", ["Mod+K"], "global")];
    expect(found(press("j"), ...commands)).toBeNull();
    expect(found(press("ArrowDown"), ...commands)).toBe("down");
    expect(found(press("k", { ctrlKey: true }), ...commands)).toBe("search");
  });

  it("lets no global character act while a form stands", () => {
    const commands = [command("new", ["n"], "global"), command("save", ["Mod+Enter"], "form")];
    expect(found(press("n"), ...commands)).toBeNull();
    expect(found(press("Enter", { ctrlKey: true }), ...commands)).toBe("save");
  });

  it("reads one key after the other, and forgets the first when another comes between", () => {
    const go = command("today", ["G T"], "global");
    expect(found(press("g"), go)).toBeNull();
    expect(found(press("t"), go)).toBe("today");
    expect(found(press("t"), go)).toBeNull();
    expect(found(press("g"), go)).toBeNull();
    expect(found(press("x"), go)).toBeNull();
    expect(found(press("t"), go)).toBeNull();
  });

  it("prefers the screen mounted last", () => {
    const away = addCommands([command("far", ["n"], "global")]);
    const back = addCommands([command("here", ["n"], "list")]);
    expect(findCommand(press("n"))?.id).toBe("here");
    back();
    expect(findCommand(press("n"))?.id).toBe("far");
    away();
    expect(currentCommands()).toEqual([]);
  });

  it("does not run what cannot be done now", () => {
    let ran = 0;
    const away = addCommands([command("hidden", ["h"], "list", { when: false, run: () => ran++ }), command("shown", ["s"], "list", { run: () => ran++ })]);
    expect(runCommand("hidden")).toBe(false);
    expect(runCommand("shown")).toBe(true);
    expect(ran).toBe(1);
    away();
  });
});
