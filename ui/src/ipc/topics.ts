/** Which reads a topic of the `changed` event makes stale. A read not named here is stale after every change. */
import type { Change, CommandName } from "./transport";

const TOPICS: Partial<Record<CommandName, readonly string[]>> = {
  "catalogue.get": ["catalogue"],
  "compound.list": ["compound", "case"],
  "compound.get": ["compound", "case"],
  "plan.get": ["plan", "case", "photo"],
  "round.list": ["round", "case"],
  "round.get": ["round", "case"],
  "round.coverage": ["round", "compound"],
  "round.walkers": ["user"],
  "tray.list": ["tray", "photo", "draft"],
  "stamp.get": ["stamp"],
  "storage.get": ["tray", "photo"],
  "watch.get": ["watch", "tray", "photo"],
  "draft.list": ["draft"],
  "draft.get": ["draft", "tray", "photo"],
  // The form is the person's once it stands.
  "paper.prepare": ["case"],
  "paper.draft_list": ["paper_draft"],
  "case.page": ["case", "sync"],
  "case.get": ["case", "photo", "sync"],
  "ledger.imports": ["import"],
  "ledger.asked": ["export"],
  "review.queue": ["case", "review", "held"],
};

const KNOWN = new Set(Object.values(TOPICS).flat());

export function isStale(name: CommandName, change: Change): boolean {
  if (change.topics.length === 0 || change.topics.some((t) => !KNOWN.has(t))) return true;
  const topics = TOPICS[name];
  return topics === undefined || change.topics.some((t) => topics.includes(t));
}
