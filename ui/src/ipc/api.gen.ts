// Written from crates/api by `script/types`. Do not edit.

export type Label = { "zh-Hans": string, "zh-Hant": string, en: string, };

export type FieldValue = boolean | number | string | Array<string>;

export type FieldKind = "text" | "long_text" | "whole" | "decimal" | "one_of" | "many_of" | "yes_no_unknown" | "flag" | "date" | "computed";

export type Choice = { value: string, label: Label, };

export type Field = { key: string, label: Label, kind: FieldKind, 
/**
 * Needed before the inspector can save.
 */
required: boolean, 
/**
 * Needed before the office can file (立案).
 */
required_to_file: boolean, unit: string | null, scale: number, min: string | null, max: string | null, choices: Array<Choice>, 
/**
 * Needed before the department can report the work done.
 */
required_to_finish: boolean, 
/**
 * Key of the field it may reach and not pass: the area demolished is at most the area built.
 */
at_most: string | null, 
/**
 * Shown only when the named field has one of these values.
 */
shown_if: ShownIf | null, };

export type ShownIf = { field: string, any_of: Array<string>, };

export type PhotoSlot = { key: string, label: Label, 
/**
 * Expected by the type's standard: a missing one is pointed out at review, never blocks capture.
 */
expected: boolean, };

export type DeadlineRule = { id: string, label: Label, 
/**
 * `CAL_ROLL` | `CAL_HARD` | `WORK` | `WORK_HOURS` | `HOURS`
 */
rule: string, n: number, 
/**
 * `day` | `month` | `year` | `workday` | `work_hour` | `hour`
 */
unit: string, basis: string, effective_from: string, effective_to: string | null, };

export type DeadlineChoice = { rule: string, n: number, unit: string, };

export type Department = { id: string, label: Label, 
/**
 * Names before it was renamed, newest first: 工商 → 市场监管.
 */
former: Array<string>, effective_from: string, effective_to: string | null, };

export type LegalBasis = { id: string, act: string, prohibition: string, order: string, fine: string, 
/**
 * Full titles and articles, as a paper cites them; empty where unverified: the officer writes it.
 */
cite: string, 
/**
 * `V` read in the text, `S` stated on a public page, `K` practice, `unverified`.
 */
confidence: string, effective_from: string, effective_to: string | null, };

export type Category = { code: string, label: Label, fields: Array<Field>, slots: Array<PhotoSlot>, legal_basis: Array<string>, deadline: DeadlineRule, 
/**
 * `general` | `serious` | `major` | `urgent`
 */
severity: string, };

export type CaseType = { code: string, category: string, label: Label, legal_basis: Array<string> | null, deadline: DeadlineRule | null, severity: string | null, };

export type Tile = { 
/**
 * `WJ` or `XF-FX`.
 */
code: string, label: Label, 
/**
 * `lucide` icon name.
 */
icon: string, };

export type Reason = { code: string, 
/**
 * `return`, `reject`, `void`, …
 */
action: string, label: Label, 
/**
 * Editable sentence the office starts from.
 */
template: Label, 
/**
 * Whether it names a missing photo slot.
 */
names_slot: boolean, };

export type Route = { 
/**
 * `WM` or `JG-WZ`.
 */
code: string, lead: Array<string>, assisting: Array<string>, 
/**
 * Where texts of law disagree on who is competent: shown to the office, never settled here.
 */
conflict: Label | null, effective_from: string, effective_to: string | null, };

export type Outcome = { value: string, label: Label, 
/**
 * Whether something was put right, so that its measure is asked for.
 */
measured: boolean, };

export type Phrase = { category: string, label: Label, };

export type Catalogue = { 
/**
 * Travels with every code an event uses.
 */
version: string, tiles: Array<Tile>, categories: Array<Category>, types: Array<CaseType>, departments: Array<Department>, routes: Array<Route>, legal_basis: Array<LegalBasis>, reasons: Array<Reason>, phrases: Array<Phrase>, 
/**
 * State codes of domain.md §3.1 with their names.
 */
states: { [key in string]: Label }, 
/**
 * Sources (巡查, 12345, …) by key.
 */
sources: Array<Choice>, severities: Array<Choice>, outcomes: Array<Outcome>, };

export type ErrorCode = "bad_request" | "not_found" | "signed_out" | "wrong_password" | "too_many_tries" | "not_allowed" | "illegal_transition" | "invalid" | "stale" | "wrong_passphrase" | "locked" | "not_enrolled" | "code_refused" | "already_enrolled" | "folder_in_use" | "newer_database" | "corrupt" | "disk_full" | "disk_failed" | "photo_too_large" | "photo_unsupported" | "photo_missing" | "no_numbers" | "paper_failed" | "no_viewer" | "offline" | "not_our_server" | "server_recovering" | "server_changed" | "log_rewritten" | "device_revoked" | "upgrade_needed" | "stopped" | "wrong_host" | "internal";

export type ApiError = { code: ErrorCode, params: { [key in string]: string }, 
/**
 * Whether trying again later may help.
 */
retry: boolean, field: string | null, };

export type Nothing = Record<symbol, never>;

export type Phase = "setup" | "locked" | "signed_out" | "ready";

export type Host = "desktop" | "web";

export type KeyProtection = "os_key_store" | "passphrase" | "user_file" | "server";

export type AppStateView = { phase: Phase, host: Host, version: string, 
/**
 * Name of the town as the server calls it, once enrolled.
 */
town: string | null, server_url: string | null, user: UserView | null, device: DeviceView | null, key_protection: KeyProtection | null, prefs: PrefsView, };

export type UserView = { id: string, name: string, 
/**
 * Role codes of domain.md §7: `R-INS`, `R-LXB`, `R-DEP`, `R-LD`, `R-ADM`, …
 */
roles: Array<string>, };

export type DeviceView = { id: string, name: string, };

export type PrefsView = { 
/**
 * `zh-Hans` | `zh-Hant` | `en`
 */
language: string, 
/**
 * `light` | `dark` | `sun`
 */
theme: string, 
/**
 * Percent: 100 | 115 | 130 | 150
 */
text_scale: number, 
/**
 * Whether single letters act in lists and on the review desk (WCAG 2.1.4).
 */
letter_keys: boolean, };

export type EnrolRequest = { server_url: string, 
/**
 * The one-time code an administrator gave out.
 */
code: string, 
/**
 * Wraps the key of the data folder where there is no OS key store.
 */
passphrase: string | null, device_name: string | null, };

export type UnlockRequest = { passphrase: string, };

export type LoginRequest = { user: string, password: string, };

export type Channel = "picker" | "drop" | "paste" | "camera" | "folder" | "command_line" | "recovered";

export type PhotoFlag = "damaged" | "trailing_bytes" | "no_exif" | "no_preview" | "taken_after_import" | "taken_long_before" | "clock_not_set" | "clocks_differ" | "position_off" | "position_far" | "edited_tag" | "sample";

export type PhotoState = "only_here" | "thumb_sent" | "sending" | "verified" | "backed_up" | "remote" | "missing";

export type PaperTemplatesRequest = { case_id: string, round: string, };

export type PaperTemplate = { code: string, label: Label, 
/**
 * `enforcement` | `office`
 */
family: string, 
/**
 * Distinct certified officers who sign.
 */
officers: number, 
/**
 * Numbers left on this machine; none for papers without a number.
 */
numbers_left: number | null, };

export type PaperDraft = { template: string, label: Label, saved_ms: number, };

export type PaperWaits = { 
/**
 * `E50`
 */
step: string, step_label: Label, why: WhyView, };

export type PaperPrepareRequest = { case_id: string, round: string, template: string, };

export type PaperPrepared = { form: Form, content: PaperContent, 
/**
 * Distinct certified officers who sign.
 */
officers: number, 
/**
 * Who may sign today.
 */
officer_choices: Array<Officer>, 
/**
 * Photos of the case that may stand on it.
 */
photo_choices: Array<PaperPhotoChoice>, 
/**
 * Whether the recipient is given time, counted from service.
 */
has_clock: boolean, 
/**
 * Whether it is the document of a proceeding's step, and the open proceedings it may be of.
 */
of_proceeding: boolean, proceedings: Array<ProceedingCard>, organ: string, 
/**
 * The number it would get now; none for papers without one, or while there is none on this machine.
 */
next_number: string | null, 
/**
 * When the half-filled form was saved; none for a fresh one.
 */
saved_ms: number | null, };

export type PaperPhotoChoice = { hash: string, thumb: string | null, caption: string, };

export type PaperContent = { case_id: string, round: string, template: string, proceeding: string, fields: { [key in string]: SheetValue }, 
/**
 * Hashes of photos of the case, in order.
 */
photos: Array<string>, 
/**
 * User ids of those who sign.
 */
officers: Array<string>, clock: DeadlineChoice | null, };

export type PaperPreview = { 
/**
 * PNG of each page, base64.
 */
pages: Array<string>, 
/**
 * What is still missing or wrong.
 */
problems: Array<PaperProblem>, 
/**
 * What it waits for in its proceeding.
 */
waits: PaperWaits | null, 
/**
 * Why the pages could not be set, if so.
 */
failed: ApiError | null, };

export type PaperProblem = { field: string, code: string, };

export type PaperQuery = { case_id: string | null, round: string | null, 
/**
 * `to_serve` | `due` | `overdue`
 */
duty: string | null, offset: number, 
/**
 * At most 200.
 */
limit: number, };

export type PaperPage = { total: number, rows: Array<PaperCard>, };

export type PaperDuty = { 
/**
 * `to_serve` | `due` | `overdue`
 */
key: string, count: number, 
/**
 * The first of them.
 */
rows: Array<PaperCard>, };

export type PaperCard = { id: string, 
/**
 * Empty for a paper of a round.
 */
case_id: string, round: string, case_no: string, template: string, label: Label, number: string, 
/**
 * `issued` | `served` | `checked` | `voided` | `refused`
 */
status: string, 
/**
 * Waits for the server's ruling.
 */
pending: boolean, 
/**
 * Why the server refused it.
 */
refused: string | null, date: string, 
/**
 * Masked for those who may not see personal data.
 */
recipient: string, issuer: string, is_served_kind: boolean, served_mode: string | null, served_on: string | null, due_date: string | null, 
/**
 * `overdue` | `today` | `week` | `later`
 */
bucket: string | null, };

export type PaperRef = { id: string, };

export type PaperView = { card: PaperCard, officers: Array<Officer>, clock: DeadlineChoice | null, 
/**
 * Personal data in it masked.
 */
service: Service | null, 
/**
 * Personal data by field (`recipient`, `receiver`, …), masked.
 */
personal: { [key in string]: string }, may_unmask: boolean, deemed_on: string | null, 
/**
 * How the day of a service by notice was counted.
 */
notice: DeadlineView | null, due: DeadlineView | null, service_photos: Array<string>, checked: string | null, voided: string | null, 
/**
 * The rule of a proceeding the server refused it by.
 */
refused_why: WhyView | null, 
/**
 * SHA-256 of the PDF.
 */
pdf: string | null, pdf_here: boolean, may_open: boolean, 
/**
 * `serve` | `check` | `void`
 */
actions: Array<string>, 
/**
 * Modes with the facts each asks for.
 */
modes: Array<PaperMode>, relations: Array<string>, 
/**
 * Limits of service by notice, the longest first.
 */
notice_limits: Array<PaperNotice>, servers: number, timeline: Array<PaperEntry>, };

export type PaperMode = { name: string, needs: Array<string>, };

export type PaperNotice = { id: string, label: Label, n: number, source: string, };

export type PaperEntry = { kind: string, author: string, by_server: boolean, wall_ms: number, text: string, verdict: string | null, reason_code: string | null, };

export type PaperServeRequest = { id: string, service: Service, 
/**
 * Hashes of photos in the tray.
 */
photos: Array<string>, };

export type PaperCheckRequest = { id: string, 
/**
 * `corrected` | `partly` | `not`
 */
result: string, text: string, };

export type PaperVoidRequest = { id: string, reason: string, };

export type PaperPrintRequest = { id: string, copies: number, };

export type PaperFile = { 
/**
 * File name for saving.
 */
name: string, 
/**
 * Where it was written; desktop only.
 */
path: string | null, 
/**
 * Address to open it at; web only.
 */
url: string | null, };

export type NumberBlock = { series: string, template: string, year: number, first: number, last: number, device: string, 
/**
 * A chain that has ended gives no more numbers.
 */
ended: boolean, left: number, numbers: Array<NumberUse>, };

export type NumberUse = { seq: number, text: string, 
/**
 * `used` | `voided` | `refused` | `unused` | `returned` | `lost_chain`
 */
state: string, paper: string | null, reason: string, };

export type SheetValue = string | Array<string> | Array<Array<string>>;

export type Form = { 
/**
 * `F09`
 */
code: string, version: number, label: Label, needs_number: boolean, 
/**
 * `none` | `optional` | `required`
 */
photos: string, fields: Array<FormField>, };

export type FormField = { key: string, 
/**
 * `text` | `long` | `list` | `table` | `date` | `datetime` | `choice` | `yes_no`
 */
kind: string, label: Label, required: boolean, 
/**
 * Personal data: masked for those who may not see it.
 */
personal: boolean, group: string | null, 
/**
 * Asked for only where another field says so.
 */
when: When | null, 
/**
 * Required only where another field says so.
 */
required_when: When | null, 
/**
 * Not asked for where this other field is filled.
 */
unless: string | null, choices: Array<Choice>, columns: Array<Column>, default: string | null, };

export type When = { key: string, is: Array<string>, };

export type Column = { key: string, label: Label, };

export type Officer = { 
/**
 * User id; empty for one who has no account.
 */
user: string, name: string, 
/**
 * 执法证号; empty where none is needed.
 */
certificate: string, };

export type Service = { 
/**
 * `direct` | `left` | `post` | `electronic` | `entrusted` | `forwarded` | `notice`
 */
mode: string, 
/**
 * `YYYY-MM-DD`: signed, left, delivered by post, arrived, posted.
 */
on: string, place: string, receiver: string, 
/**
 * What the receiver is to the recipient: `self`, `family`, …
 */
relation: string, refusal: string, witness: string, witness_place: string, 
/**
 * 邮件号
 */
tracking: string, 
/**
 * Mail box, number or account it was sent to.
 */
electronic_address: string, 
/**
 * 电子送达确认书: its number or date.
 */
consent: string, 
/**
 * Who serves on behalf, or hands on.
 */
through: string, notice_medium: string, 
/**
 * Why nothing else was possible (民事诉讼法 95).
 */
notice_reason: string, 
/**
 * `D09:city_management`, `D09`, `D08`
 */
notice_limit: string, servers: Array<Officer>, };

export type TrayPhoto = { 
/**
 * SHA-256 of the original bytes, lower-case hex.
 */
hash: string, 
/**
 * SHA-256 of the 320 px rendition; none where there is no preview.
 */
thumb: string | null, 
/**
 * SHA-256 of the 1600 px rendition.
 */
preview: string | null, name: string, bytes: number, width: number, height: number, 
/**
 * `image/jpeg`, `image/heic`, …: by magic, never by extension.
 */
media_type: string, channel: Channel, 
/**
 * Milliseconds since 1970 by the device's clock.
 */
imported_ms: number, 
/**
 * What the camera wrote, verbatim: `2026:11-09 10:02:11`.
 */
taken_raw: string | null, 
/**
 * RFC 3339, with the confidence of `taken_basis`.
 */
taken_at: string | null, 
/**
 * `gps_utc` | `exif_offset` | `exif_zone_assumed` | `file_mtime` | `none`
 */
taken_basis: string, camera: string | null, flags: Array<PhotoFlag>, 
/**
 * Set when the same bytes already stand in a case.
 */
used_in: string | null, 
/**
 * Where the camera says it was taken.
 */
geo: Geo | null, };

export type StorageView = { 
/**
 * None where the system does not say.
 */
free_bytes: number | null, 
/**
 * Photos of the usual size that still fit.
 */
photos_fit: number | null, 
/**
 * Not enough for a day's walk.
 */
low: boolean, };

export type PhotoView = { hash: string, thumb: string | null, preview: string | null, 
/**
 * Slot of the case type: `far`, `near`, `door`, …; empty where none.
 */
slot: string, name: string, bytes: number, width: number, height: number, media_type: string, taken_at: string | null, taken_basis: string, camera: string | null, flags: Array<PhotoFlag>, 
/**
 * The event that brought it in.
 */
event: string, author: string, 
/**
 * When it came into the case, by the device's clock.
 */
added_ms: number, 
/**
 * When the server had that from the device, by the server's.
 */
received_ms: number | null, state: PhotoState, 
/**
 * Percent of the original on the server, while `Sending`.
 */
sent_percent: number, 
/**
 * Whether thumbnail, preview and original can be drawn now from this machine.
 */
thumb_here: boolean, preview_here: boolean, original_here: boolean, 
/**
 * Which time somebody was there, 1 for the finding: photos of one slot and two visits make a pair.
 */
visit: number, marks: Array<MarkView>, };

export type MarkView = { 
/**
 * The event that made it.
 */
id: string, kind: MarkKind, x1: number, y1: number, x2: number, y2: number, text: string, hides: Hides | null, by: string, by_name: string, 
/**
 * RFC 3339.
 */
at: string, removable: boolean, };

export type MarkKind = "arrow" | "box" | "text" | "length" | "mosaic" | "comment";

export type Hides = "face" | "plate" | "door" | "other";

export type PhotoMarkRequest = { case_id: string, hash: string, kind: MarkKind, x1: number, y1: number, x2: number, y2: number, text: string, hides: Hides | null, };

export type PhotoUnmarkRequest = { case_id: string, 
/**
 * [`MarkView::id`]
 */
mark: string, };

export type PhotoCopyRequest = { case_id: string, 
/**
 * SHA-256 of the original.
 */
hash: string, 
/**
 * Arrows, boxes, texts and lengths burned in. What is to be hidden is hidden in every copy.
 */
marks: boolean, 
/**
 * Time, place, case and fingerprint in a strip below.
 */
stamp: boolean, 
/**
 * What it is for: `公示`. In the access log and the story of the case.
 */
purpose: string, };

export type StampView = { 
/**
 * At most three; words in braces are filled in: `{time}  {place}`.
 */
lines: Array<string>, 
/**
 * What may stand in braces: `time`, `place`, …
 */
words: Array<string>, 
/**
 * The same lines with a sample of each word.
 */
shown: Array<string>, may_edit: boolean, };

export type StampRequest = { lines: Array<string>, };

export type PhotoCopy = { 
/**
 * SHA-256 of the copy.
 */
sha256: string, name: string, 
/**
 * Where it was saved; none in a browser.
 */
path: string | null, 
/**
 * Where a browser gets it, once.
 */
url: string | null, 
/**
 * Areas hidden.
 */
hidden: number, };

export type PhotoOfCase = { case_id: string, 
/**
 * SHA-256 of the original.
 */
hash: string, };

export type RecycledKind = "same_file" | "same_picture" | "same_place";

export type RecycledHit = { kind: RecycledKind, 
/**
 * 0 to 100.
 */
score: number, hash: string, 
/**
 * None for a case the caller may not see: nothing else of it is said either.
 */
case_id: string | null, case_no: string, compound: string, 
/**
 * The photo there, with its marks; none where its case may not be seen.
 */
photo: PhotoView | null, };

export type BundleRequest = { case_id: string, 
/**
 * In the access log before the file leaves.
 */
reason: string, };

export type BundleFile = { name: string, 
/**
 * Where it was saved; none in a browser.
 */
path: string | null, 
/**
 * Where a browser gets it, once.
 */
url: string | null, originals: number, 
/**
 * Files the case names that are not on this machine.
 */
absent: number, contact_sheet: boolean, };

export type RescuePlaces = { places: Array<RescuePlace>, };

export type RescuePlace = { folder: string, 
/**
 * As a person knows it.
 */
name: string, 
/**
 * A stick; else a folder of this machine.
 */
removable: boolean, };

export type RescueRequest = { folder: string, 
/**
 * At least eight characters; whoever takes the file in needs it.
 */
passphrase: string, };

export type RescueFile = { path: string, events: number, files: number, bytes: number, };

export type CasePlaceRequest = { id: string, geo: Geo | null, pin: Pin | null, };

export type PhotoRef = { hash: string, };

export type WatchView = { folder: string | null, 
/**
 * Why the folder cannot be read, if so.
 */
problem: string | null, imported: number, };

export type WatchRequest = { 
/**
 * Absolute path; none stops watching.
 */
folder: string | null, };

export type DeadlineView = { 
/**
 * Local date-time Asia/Shanghai, `2026-11-26T23:59:59` (民法典 203 (2)).
 */
due_at: string, 
/**
 * Date part, for lists.
 */
due_date: string, 
/**
 * `CAL_ROLL`, `WORK`, `WORK_HOURS`, `HOURS`, …
 */
rule: string, n: number, 
/**
 * `day` | `month` | `year` | `workday` | `work_hour` | `hour`
 */
unit: string, label: Label, 
/**
 * Where the length comes from, verbatim: `沪拆违规定 7`, or `镇内规定(可改)`.
 */
basis: string, start: string, 
/**
 * The calendar of the end year is not published yet.
 */
provisional: boolean, calendar_version: string, 
/**
 * Where it was counted again: what was decided first, `2027-02-11T23:59:59`.
 */
was: string | null, steps: Array<DeadlineStep>, 
/**
 * Whole working days until due by the town's clock; negative when overdue.
 */
workdays_left: number, 
/**
 * `overdue` | `today` | `week` | `later`
 */
bucket: string, };

export type DeadlineStep = { 
/**
 * `2026-11-24`, or a date-time for hours.
 */
at: string, 
/**
 * `start_excluded` | `counted` | `weekend` | `holiday` | `make_up_workday` | `rolled` | `no_such_day` | `due`
 */
kind: string, 
/**
 * Running count, where it counts.
 */
count: number | null, 
/**
 * The holiday's name, where there is one.
 */
name: string | null, };

export type DraftContent = { compound_id: string | null, 
/**
 * 楼 (号): as typed; normalised copies are made by `domain`.
 */
building: string, 
/**
 * 室
 */
room: string, location_text: string, 
/**
 * `CC-SS` of the catalogue.
 */
type_code: string | null, fields: { [key in string]: FieldValue }, note: string, 
/**
 * `general` | `serious` | `major` | `urgent`; the type's own default when none.
 */
severity: string | null, 
/**
 * 在建
 */
in_progress: boolean, photos: Array<DraftPhoto>, 
/**
 * Required when there is no photo.
 */
no_photo_reason: string, 
/**
 * The officer's own choice; the type's rule when none.
 */
deadline: DeadlineChoice | null, 
/**
 * Cases the inspector looked at and called 不是同一处.
 */
not_same_as: Array<string>, 
/**
 * The closed case at this place that this one follows (反弹); none while nobody has said.
 */
rebound_of: string | null, 
/**
 * Coordinates, typed or from a photo.
 */
geo: Geo | null, 
/**
 * Not even those of a photo.
 */
no_geo: boolean, 
/**
 * Set on the compound's plan.
 */
pin: Pin | null, 
/**
 * The round it was found on.
 */
round: string | null, };

export type DraftPhoto = { hash: string, slot: string, };

export type DraftView = { id: string, content: DraftContent, 
/**
 * Device time of the last save, milliseconds since 1970.
 */
saved_ms: number, created_ms: number, photos: Array<TrayPhoto>, 
/**
 * What stands in the way of saving the case; empty means it can be saved.
 */
problems: Array<FieldProblem>, 
/**
 * Keys of the type's fields that apply, given what is typed.
 */
visible: Array<string>, 
/**
 * Computed fields by key, already formatted.
 */
computed: { [key in string]: string }, 
/**
 * Open or recent cases at the same place of the same category.
 */
duplicates: Array<CaseCard>, deadline: DeadlineView | null, 
/**
 * The coordinates it would be recorded with: typed, or of the first photo that has any.
 */
geo: GeoView | null, 
/**
 * `typed` | `photo`; empty without coordinates.
 */
geo_from: string, };

export type FieldProblem = { 
/**
 * `compound`, `building`, `type`, `photos`, `note`, or a field's key.
 */
field: string, 
/**
 * `required` | `not_a_number` | `out_of_range` | `unknown_choice` | `too_long` | `unknown_field` | `duplicate_unanswered` | `id_number`
 */
code: string, params: { [key in string]: string }, };

export type DraftCard = { id: string, saved_ms: number, compound: string | null, building: string, room: string, type_code: string | null, photo_count: number, thumb: string | null, };

export type DraftNewRequest = { 
/**
 * Kept from the case before (保存并再建一条); the current round's compound when none.
 */
compound_id: string | null, building: string | null, 
/**
 * Set on the compound's plan.
 */
pin: Pin | null, };

export type DraftSaveRequest = { id: string, content: DraftContent, };

export type DraftRef = { id: string, };

export type Recorded = { case_id: string, 
/**
 * `T-…`, until the server gives the official number.
 */
case_no: string, events: Array<string>, saved_ms: number, };

export type CaseCard = { id: string, no: string, no_is_temporary: boolean, type_code: string, type_label: Label, 
/**
 * State codes of domain.md §3.1: `REPORTED`, `RETURNED`, `FILED`, …
 */
status: string, 
/**
 * An action asked for and not yet ruled on by the server.
 */
requested: string | null, compound_id: string, compound: string, building: string, room: string, severity: string, due_date: string | null, workdays_left: number | null, 
/**
 * `overdue` | `today` | `week` | `later`
 */
bucket: string | null, provisional: boolean, thumb: string | null, photo_count: number, reported_ms: number, author: string, conflicts: number, 
/**
 * Events of this case not yet received by the server.
 */
pending: number, 
/**
 * 疑难
 */
difficult: boolean, };

export type CaseQuery = { 
/**
 * Any of these states; all when empty.
 */
status: Array<string>, compound_id: string | null, category: string | null, 
/**
 * Number, compound, building, room.
 */
text: string, 
/**
 * `overdue` | `today` | `week` | `later` | `waiting`
 */
bucket: string | null, mine: boolean, 
/**
 * A list of work: `to_dispatch`, `to_take`, … Only one's own.
 */
duty: string | null, offset: number, 
/**
 * At most 200.
 */
limit: number, };

export type CasePage = { total: number, rows: Array<CaseCard>, };

export type CaseRef = { id: string, };

export type OfficerClock = { 
/**
 * `T_accept` | `T_receive` | `T_handle` | `T_check` | `T_case`
 */
id: string, deadline: DeadlineView, 
/**
 * `running` | `stopped` | `met` | `late`
 */
stands: string, 
/**
 * When the step that ended it was granted; none while it runs.
 */
ended_ms: number | null, };

export type SampleView = { ruling: string, month: string, number: number, percent: number, drawn: boolean, 
/**
 * `open` | `passed` | `failed`; empty for what was not drawn.
 */
stands: string, reason: string, by: string, at_ms: number | null, };

export type ClassAskView = { from: Label, to: Label, reason: string, by: string, wall_ms: number, };

export type ArchivePageView = { 
/**
 * Running number through the whole file, from 1.
 */
no: number, 
/**
 * `event` | `photos` | `paper` | `proceeding`
 */
kind: string, 
/**
 * Action of an event; number of a paper; stage of a proceeding.
 */
name: string, label: Label | null, 
/**
 * How many photos.
 */
count: number, at_ms: number | null, at_end: boolean, };

export type ArchivePartView = { key: string, label: Label, 
/**
 * `there` | `lacking` | `not_needed`
 */
stands: string, 
/**
 * The file may go without it, with words why.
 */
may_lack: boolean, pages: Array<ArchivePageView>, };

export type PairCard = { one: CaseCard, other: CaseCard, 
/**
 * `door` | `near` | `photo`
 */
why: Array<string>, };

export type PairList = { total: number, 
/**
 * Newest first; at most 200.
 */
rows: Array<PairCard>, };

export type PairRef = { one: string, other: string, };

export type PairNotSameRequest = { one: string, other: string, reason: string, };

export type PairFact = { one: FactView | null, other: FactView | null, differs: boolean, };

export type PairSide = { card: CaseCard, found_at: string, note: string, photos: Array<PhotoView>, };

export type PairView = { why: Array<string>, one: PairSide, other: PairSide, 
/**
 * Facts of either, aligned.
 */
facts: Array<PairFact>, 
/**
 * Whether this person may merge the second into the first, or the first into the second; why not, if not.
 */
other_into_one: string | null, one_into_other: string | null, may_decide: boolean, };

export type CaseView = { card: CaseCard, location_text: string, source: string, 
/**
 * Device time of the finding, RFC 3339 with offset.
 */
found_at: string, facts: Array<FactView>, geo: GeoView | null, 
/**
 * Where on the compound's plan.
 */
pin: Pin | null, 
/**
 * The round it was found on.
 */
round: string | null, notes: Array<NoteView>, photos: Array<PhotoView>, 
/**
 * Whether marks may be drawn on them.
 */
may_mark: boolean, 
/**
 * Whether covered parts may be looked at.
 */
may_look_under: boolean, 
/**
 * Whether the evidence bundle may be taken out.
 */
may_bundle: boolean, may_place: boolean, deadline: DeadlineView | null, conflicts: Array<ConflictView>, timeline: Array<TimelineEntry>, 
/**
 * From the first dispatch on.
 */
order: OrderView | null, 
/**
 * Where texts of law disagree on who is competent.
 */
competence: Label | null, 
/**
 * 反弹: the closed case this one follows, and those that follow this one.
 */
rebound_of: CaseCard | null, rebounds: Array<CaseCard>, 
/**
 * 并案: the case this one was merged into, and those merged into this one.
 */
merged_into: CaseCard | null, merged: Array<CaseCard>, 
/**
 * Only what this person may do now.
 */
actions: Array<ActionView>, 
/**
 * Set while the case is sent back.
 */
returned: ReturnedView | null, 
/**
 * What the type's standard asks for, checked by machine: the person decides.
 */
checks: Array<CheckView>, 
/**
 * Other cases at the same place that are not possible duplicates.
 */
history: Array<CaseCard>, 
/**
 * Open cases of the same category at the same place.
 */
possible_duplicates: Array<CaseCard>, 
/**
 * 环节时限, in the order of the case's life.
 */
clocks: Array<OfficerClock>, 
/**
 * `found_after_receipt`, …: what the server found doubtful about the report.
 */
doubts: Array<string>, 
/**
 * 抽查: for a case closed on the spot.
 */
sample: SampleView | null, 
/**
 * 新增, 存量: proposed and not decided.
 */
class_ask: ClassAskView | null, 
/**
 * The file in the order of its pages, from the closing on.
 */
archive: Array<ArchivePartView>, 
/**
 * Head events: what an edit made now would follow.
 */
heads: Array<string>, };

export type FactView = { 
/**
 * `building`, `room`, `severity`, …, or a key of the type.
 */
key: string, label: Label, value: FieldValue | null, 
/**
 * The value as words, in each language.
 */
text: Label, unit: string | null, 
/**
 * More than one value stands: see `conflicts`.
 */
in_conflict: boolean, editable: boolean, };

export type NoteView = { event: string, text: string, author: string, wall_ms: number, };

export type ReturnedView = { 
/**
 * Code of the reason (assets/catalogue/reasons.json).
 */
reason_code: string, reason: string, 
/**
 * The photo slot asked for, if one is missing.
 */
slot: string | null, slot_label: Label | null, by: string, wall_ms: number, };

export type ConflictView = { field: string, label: Label, versions: Array<VersionView>, 
/**
 * The value in force until somebody decides, and why.
 */
effective: FieldValue | null, 
/**
 * `higher_severity` | `earlier_deadline` | `both_shown` | `server_assignment`
 */
effective_why: string, };

export type VersionView = { event: string, value: FieldValue, text: Label, author: string, device: string, mine: boolean, time: EventTimes, };

export type EventTimes = { 
/**
 * What the device's clock said, milliseconds since 1970.
 */
wall_ms: number, 
/**
 * `+08:00`
 */
tz: string, 
/**
 * Server's receipt, milliseconds since 1970; none until received.
 */
received_ms: number | null, 
/**
 * The device's best guess of server time, with ± error in ms; none where uncalibrated.
 */
estimate_ms: number | null, estimate_error_ms: number | null, 
/**
 * Drift between device and server beyond five minutes.
 */
drifted: boolean, 
/**
 * 已入链: a signed checkpoint that this machine saw holds it.
 */
logged: boolean, 
/**
 * 已备份: a checked backup of the town holds it.
 */
backed_up: boolean, 
/**
 * 已授时: a time stamp (RFC 3161) holds it.
 */
stamped: boolean, };

export type TimelineEntry = { event: string, 
/**
 * `case.recorded`, `case.act`, `case.ruled`, …
 */
kind: string, 
/**
 * For acts and rulings: `file`, `return`, …
 */
action: string | null, 
/**
 * `accepted` | `refused`, for rulings.
 */
verdict: string | null, reason_code: string | null, text: string, slot: string | null, 
/**
 * For a deadline counted again: what it was, `2027-02-11T23:59:59`; else empty.
 */
was: string, 
/**
 * Fields set, as words.
 */
changes: Array<FactView>, photos: Array<string>, author: string, author_name: string, device: string, time: EventTimes, 
/**
 * Of an event of one of its papers: which.
 */
paper: PaperMention | null, 
/**
 * Place in the town's log; none until received.
 */
seq: number | null, 
/**
 * `only_here` | `received` | `waiting_ruling` | `refused` | `quarantined`
 */
state: string, };

export type PaperMention = { id: string, label: Label, 
/**
 * Empty for papers without one.
 */
number: string, };

export type ActionView = { 
/**
 * `resubmit`, `accept`, `file`, `return`, `reject`, `void`, …
 */
action: string, needs_reason: boolean, 
/**
 * Reason codes that may be given.
 */
reasons: Array<string>, may_name_slot: boolean, 
/**
 * What else comes with it, in the order it is asked for.
 */
params: Array<ParamView>, 
/**
 * Keys of the type's fields asked for at the end of the work.
 */
measures: Array<string>, 
/**
 * `keep` | `new` | `again` | `later` | `moved`
 */
deadline: string | null, 
/**
 * Slot in which a photo must stand, and how many must be new.
 */
photo_slot: string | null, new_photos: number, 
/**
 * Legal effect: the UI asks once, naming object and consequence.
 */
confirm: boolean, };

export type ParamView = { 
/**
 * `lead`, `assisting`, `instruction`, `conference`, `handler`, `checker`, `result`, `expected_end`, `document`, `target`, `receiver`
 */
name: string, required: boolean, 
/**
 * What may be chosen; empty where it is typed.
 */
choices: Array<Choice>, 
/**
 * What the form starts from.
 */
proposed: string, };

export type OrderView = { lead: Label | null, assisting: Array<Label>, instruction: string, 
/**
 * Shown name of who took it; empty until then.
 */
handler: string, checker: string, result: Label | null, 
/**
 * 返工
 */
reworked: number, extensions: number, refused_by: Array<RefusedOrderView>, 
/**
 * Asked for by the department and not yet granted.
 */
asks: Array<AskView>, 
/**
 * Set while the clock stands still.
 */
stopped: StopView | null, 
/**
 * Two refusals: the joint conference decides.
 */
on_agenda: boolean, referred_to: string, referred_by_paper: string, };

export type RefusedOrderView = { department: Label, reason: string, by: string, wall_ms: number, };

export type AskView = { 
/**
 * `ask_extend` | `ask_suspend`
 */
action: string, reason: string, by: string, wall_ms: number, };

export type StopView = { 
/**
 * Local date.
 */
from: string, expected_end: string, reason: Label, };

export type CheckView = { 
/**
 * `slot_present` | `taken_before_report` | `photo_reused` | `field_missing` | …
 */
code: string, 
/**
 * `pass` | `fail` | `unsure`
 */
result: string, params: { [key in string]: string }, 
/**
 * The photo that shows it.
 */
photo: string | null, };

export type CaseActRequest = { id: string, action: string, reason_code: string | null, reason: string, slot: string | null, photos: Array<DraftPhoto>, 
/**
 * As the action's `params` ask.
 */
params: { [key in string]: string }, 
/**
 * The time limit chosen, where one is asked for.
 */
deadline: DeadlineChoice | null, 
/**
 * What was measured.
 */
fields: { [key in string]: FieldValue }, };

export type CaseEditRequest = { id: string, field: string, value: FieldValue, };

export type CaseResolveRequest = { id: string, field: string, value: FieldValue, reason: string, };

export type CaseNoteRequest = { id: string, text: string, };

export type CaseAddPhotosRequest = { id: string, photos: Array<DraftPhoto>, };

export type Written = { case_id: string, events: Array<string>, };

export type MissingAlarm = "none" | "long" | "too_long";

export type MissingPhoto = { hash: string, 
/**
 * File name, where it is known.
 */
name: string, 
/**
 * None for what belongs to no case, such as the sheet of a round.
 */
case_id: string | null, case_no: string | null, 
/**
 * `case` | `paper` | `round` | `plan` | …
 */
of: string, bytes: number, 
/**
 * Server's clock.
 */
named_ms: number, days: number, alarm: MissingAlarm, };

export type MissingOfLaptop = { device: string, 
/**
 * Name of the machine; its id where the town was told none.
 */
name: string, 
/**
 * Whose it is.
 */
user: string, 
/**
 * 吊销: nothing it sends counts any more.
 */
revoked: boolean, count: number, bytes: number, 
/**
 * Whole days since the first of them was named to the server.
 */
days: number, alarm: MissingAlarm, 
/**
 * The first 50.
 */
photos: Array<MissingPhoto>, };

export type MissingView = { count: number, laptops: Array<MissingOfLaptop>, };

export type LatePhotos = { count: number, 
/**
 * Of the oldest.
 */
days: number, alarm: MissingAlarm, };

export type TodayView = { 
/**
 * Local date Asia/Shanghai by the best clock known.
 */
date: string, 
/**
 * 1 Monday … 7 Sunday
 */
weekday: number, 
/**
 * 本轮巡查: the round being walked.
 */
round: RoundCard | null, 
/**
 * Planned for today or earlier, and not begun.
 */
rounds: Array<RoundCard>, returned: Array<ReturnedCase>, drafts: Array<DraftCard>, 
/**
 * 待办: lists of work that wait for this person's own next step.
 */
duties: Array<DutyView>, 
/**
 * Photos three days on one machine only, if any.
 */
late_photos: LatePhotos | null, 
/**
 * 可能重复: pairs for the office to decide on; the list of pairs has as many.
 */
pairs: number, overdue: Bucket, today: Bucket, week: Bucket, 
/**
 * 等别人: waiting for somebody else's act.
 */
waiting: Bucket, done_today: number, 
/**
 * Compounds not visited for 30 days, for the empty state.
 */
unvisited: number, };

export type DutyView = { key: string, bucket: Bucket, };

export type ReturnedCase = { card: CaseCard, returned: ReturnedView, };

export type Bucket = { count: number, rows: Array<CaseCard>, };

export type CompoundCard = { id: string, name: string, 
/**
 * Pinyin initials: `dhhy`.
 */
initials: string, address: string, dwellings: number, buildings: number, open_cases: number, overdue_cases: number, };

export type CompoundView = { card: CompoundCard, buildings: Array<BuildingView>, };

export type BuildingView = { 
/**
 * As written on the plate: `8号`.
 */
no: string, floors: number, rooms: Array<string>, };

export type CompoundQuery = { 
/**
 * Name, address or pinyin initials.
 */
text: string, };

export type CompoundRef = { id: string, };

export type CompoundList = { rows: Array<CompoundCard>, };

export type Doorway = { 
/**
 * As on the plate: `8号`.
 */
no: string, floors: number, rooms_per_floor: number, 
/**
 * Rooms that do not follow the pattern: `0102甲`.
 */
extra: Array<string>, 
/**
 * Rooms of the pattern that do not exist: a shop takes the ground floor.
 */
without: Array<string>, 
/**
 * 弄, where the compound has several: `130弄`.
 */
lane: string, 
/**
 * 幢: `3幢`; one holds several 号.
 */
building: string, 
/**
 * 单元: rare in Shanghai.
 */
unit: string, 
/**
 * Rooms whose number does not tell their floor.
 */
floor_of: { [key in string]: number }, };

export type Renamed = { from: string, to: string, };

export type RegisterView = { id: string, name: string, initials: string, address: string, committee: string, lanes: Array<string>, doorways: Array<Doorway>, renamed: Array<Renamed>, company: string, company_name: string, 
/**
 * Masked.
 */
manager: string, inspectors: Array<PersonRef>, grids: Array<string>, category: string, priority: string, may_edit: boolean, };

export type PersonRef = { id: string, name: string, };

export type CompoundDefineRequest = { 
/**
 * None: a new compound.
 */
id: string | null, name: string, initials: string, address: string, committee: string, lanes: Array<string>, doorways: Array<Doorway>, renamed: Array<Renamed>, company: string, manager: string | null, inspectors: Array<string>, grids: Array<string>, category: string, priority: string, };

export type CompanyCard = { id: string, name: string, credit_code: string, compounds: number, };

export type CompanyQuery = { 
/**
 * Name, pinyin, initials or code.
 */
text: string, };

export type CompanyList = { rows: Array<CompanyCard>, may_edit: boolean, };

export type CompanyRef = { id: string, };

export type CompanyView = { card: CompanyCard, 
/**
 * Masked.
 */
representative: string, place: string, grade: string, managers: Array<ManagerView>, note: string, compounds: Array<PersonRef>, may_edit: boolean, };

export type ManagerView = { name: string, no: string, phone: string, };

export type CompanySaveRequest = { 
/**
 * None: a new company.
 */
id: string | null, name: string, credit_code: string, representative: string | null, place: string, grade: string, managers: Array<ManagerInput>, note: string, };

export type ManagerInput = { 
/**
 * Place in the list as it was shown; none for a new one.
 */
was: number | null, name: string | null, no: string, phone: string | null, };

export type DwellingRef = { compound: string, building: string, room: string, };

export type DossierView = { compound: string, compound_name: string, 
/**
 * As the register has it; as asked where it has none.
 */
building: string, room: string, floor: number | null, 
/**
 * Whether the register has this door.
 */
registered: boolean, area_m2: string, certificate_use: string, note: string, may_edit: boolean, open: number, rebounds: number, 
/**
 * Newest first.
 */
cases: Array<DossierCase>, 
/**
 * Other records that name this place: papers, proceedings.
 */
others: Array<DossierRecord>, photos: Array<DossierPhoto>, };

export type DossierCase = { card: CaseCard, 
/**
 * 反弹: the closed case this one follows.
 */
rebound_of: PersonRef | null, };

export type DossierRecord = { id: string, kind: string, status: string, due: string | null, };

export type DossierPhoto = { case_id: string, case_no: string, photo: PhotoView, };

export type DwellingSaveRequest = { compound: string, building: string, room: string, area_m2: string, certificate_use: string, note: string, };

export type SearchQuery = { text: string, 
/**
 * Hits of each kind, at most 50.
 */
limit: number, };

export type SearchView = { 
/**
 * The text this answers.
 */
text: string, 
/**
 * In the order they are shown.
 */
groups: Array<SearchGroup>, };

export type SearchGroup = { 
/**
 * `compound` | `company` | `person` | `dwelling` | `case`
 */
kind: string, 
/**
 * Exact up to 1000; then there are more.
 */
total: number, rows: Array<SearchHit>, };

export type SearchHit = { kind: string, 
/**
 * Without the kind before it; for a dwelling its compound.
 */
id: string, title: string, detail: string, 
/**
 * The type of a case.
 */
label: Label | null, 
/**
 * Characters of the title that answer: from, to.
 */
marks: Array<[number, number]>, 
/**
 * What opens it, for a dwelling: `building`, `room`.
 */
at: { [key in string]: string }, 
/**
 * The number asked for, whole.
 */
exact: boolean, };

export type ReviewQuery = { 
/**
 * `to_review` | `returned` | `difficult`
 */
queue: string, };

export type ReviewQueueView = { queue: string, to_review: number, returned: number, difficult: number, done_today: number, done_last_hour: number, 
/**
 * By deadline, soonest first; at most 200.
 */
rows: Array<CaseCard>, 
/**
 * Decisions in their ten seconds of grace.
 */
held: Array<HeldView>, };

export type HeldView = { id: string, case_id: string, case_no: string, 
/**
 * `approve` | `return` | `reject` | `difficult`
 */
decision: string, left_ms: number, 
/**
 * Set when the decision could not be carried out at the end of the grace.
 */
failed: ApiError | null, };

export type ReviewDecideRequest = { case_id: string, 
/**
 * `approve` (受理并立案) | `return` (退回补正) | `reject` (不予立案) | `difficult` (转疑难)
 */
decision: string, reason_code: string | null, reason: string, slot: string | null, };

export type HeldRef = { id: string, };

export type Datum = "wgs84" | "cgcs2000" | "gcj02" | "bd09";

export type Method = "gps" | "map-click" | "building-centroid";

export type Geo = { 
/**
 * Degrees east, at most seven digits after the point: `121.4737021`.
 */
lon: string, 
/**
 * Degrees north.
 */
lat: string, accuracy_m: number | null, datum: Datum, method: Method, 
/**
 * RFC 3339; empty where unknown.
 */
captured_at: string, };

export type Pin = { 
/**
 * SHA-256 of the picture.
 */
plan: string, x: number, y: number, };

export type Anchor = { at: [number, number], lon: string, lat: string, };

export type Georef = { datum: Datum, first: Anchor, second: Anchor, };

export type PlanView = { compound_id: string, 
/**
 * None: there is no plan, and the buildings stand as a grid.
 */
image: PlanImage | null, buildings: Array<PlanBuilding>, georef: Georef | null, pins: Array<PinView>, 
/**
 * Cases in no building that is drawn and without a pin.
 */
unplaced: number, may_draw: boolean, };

export type PlanImage = { hash: string, thumb: string | null, preview: string | null, name: string, width: number, height: number, bytes: number, media_type: string, thumb_here: boolean, preview_here: boolean, original_here: boolean, };

export type PlanBuilding = { 
/**
 * As on the plate.
 */
no: string, corners: Array<[number, number]>, middle: [number, number], };

export type PinView = { case_id: string, no: string, type_label: Label, building: string, room: string, 
/**
 * `overdue` | `open` | `closed`
 */
state: string, x: number, y: number, 
/**
 * Set by a person; otherwise the middle of the building.
 */
set: boolean, };

export type PlanSetRequest = { id: string, 
/**
 * A picture of the tray.
 */
hash: string, 
/**
 * It covers the former one exactly: what was drawn stays.
 */
same_place: boolean, };

export type PlanDrawRequest = { id: string, 
/**
 * Only what changed; no corners erase.
 */
buildings: { [key in string]: Array<[number, number]> }, georef: Georef | null, };

export type GeoView = { given: Geo, 
/**
 * `WGS-84`, …
 */
datum_label: string, 
/**
 * For show only: nothing of it is kept.
 */
others: Array<GeoShown>, 
/**
 * Outside the box the town can lie in.
 */
outside: boolean, 
/**
 * Worse than 50 m.
 */
indoor: boolean, };

export type GeoShown = { datum_label: string, lon: string, lat: string, };

export type RoundCard = { id: string, compound_id: string, compound: string, 
/**
 * Shown name.
 */
walker: string, date: string, 
/**
 * `PLANNED` | `WALKING` | `ENDED` | `DROPPED`
 */
status: string, 
/**
 * Planned for a day that is over, and not begun.
 */
missed: boolean, mine: boolean, stops: number, done: number, skipped: number, doors_visited: number, doors_all: number, findings: number, walked_on: string, };

export type RoundView = { card: RoundCard, planner: string, 
/**
 * Of the plan.
 */
note: string, 
/**
 * Of the walker, at the end.
 */
end_note: string, dropped: string, started_ms: number | null, ended_ms: number | null, stops: Array<RoundStopView>, findings: Array<CaseCard>, 
/**
 * `start`, `stop`, `end`, `drop`: only what this person may do now.
 */
actions: Array<string>, 
/**
 * Steps the server has not received yet.
 */
pending: number, };

export type RoundStopView = { id: string, label: string, door: boolean, 
/**
 * By the register.
 */
rooms: Array<string>, 
/**
 * `done` | `skipped`; empty while open.
 */
result: string, reason: string, at_ms: number | null, visits: Array<VisitView>, pin: Pin | null, 
/**
 * Open cases at this doorway.
 */
open_cases: number, };

export type VisitView = { room: string, 
/**
 * `nobody` | `refused` | `entered`
 */
outcome: string, at_ms: number, };

export type RoundRef = { id: string, };

export type RoundPlanRequest = { 
/**
 * A round is made for each.
 */
compounds: Array<string>, 
/**
 * User id; oneself when empty.
 */
walker: string, 
/**
 * Local date; today when empty.
 */
date: string, 
/**
 * In order; every doorway of the register when empty. Only for a plan of one compound.
 */
stops: Array<RoundStopRequest>, note: string, };

export type RoundStopRequest = { label: string, pin: Pin | null, };

export type RoundActRequest = { id: string, 
/**
 * `start` | `stop` | `visit` | `end` | `drop`
 */
action: string, stop: string, 
/**
 * `done` | `skipped` | `open`
 */
result: string, reason: string, room: string, 
/**
 * `nobody` | `refused` | `entered` | `none`
 */
outcome: string, note: string, };

export type RoundQuery = { compound_id: string | null, mine: boolean, 
/**
 * Only those that are not over.
 */
open: boolean, offset: number, 
/**
 * At most 100.
 */
limit: number, };

export type RoundList = { total: number, rows: Array<RoundCard>, };

export type Walker = { id: string, name: string, };

export type CoverageQuery = { 
/**
 * Local dates, both included; the last 30 days when empty. At most 92 days.
 */
from: string, to: string, };

export type CoverageView = { from: string, to: string, planned: number, 
/**
 * Of the planned.
 */
walked: number, 
/**
 * Days on which somebody walked without a plan for it are among `walked_all` alone.
 */
walked_all: number, 
/**
 * Not visited for 30 days.
 */
unvisited: number, rows: Array<CoverageRow>, may_plan: boolean, };

export type CoverageRow = { compound_id: string, compound: string, planned: number, walked: number, walked_all: number, 
/**
 * None: not within the last 92 days.
 */
last: string | null, unvisited: boolean, 
/**
 * The next day that is planned, today included.
 */
next: string | null, };

export type Finding = { case_no: string, place: string, problem: string, 
/**
 * Its category.
 */
kind: string, 
/**
 * 现场处置
 */
handled: string, 
/**
 * SHA-256 of each photo.
 */
photos: Array<string>, };

export type Sheet = { date: string, 
/**
 * `2026-11-24T09:05`, Shanghai.
 */
started_at: string, 
/**
 * Empty while it is walked.
 */
ended_at: string, compound: string, 
/**
 * In order: what was walked.
 */
route: Array<string>, 
/**
 * With the reason behind it.
 */
skipped: Array<string>, walkers: Array<string>, findings: Array<Finding>, doors_visited: number, doors_all: number, note: string, };

export type SyncView = { chip: Chip, 
/**
 * Items (records' events and photos) not yet received.
 */
pending_events: number, pending_photos: number, pending_bytes: number, 
/**
 * Device time of the oldest undelivered item.
 */
oldest_ms: number | null, 
/**
 * Device time of the last complete exchange.
 */
last_sync_ms: number | null, sending_done: number, sending_total: number, 
/**
 * Why nothing moves, as an error code, if so.
 */
stuck: ApiError | null, items: Array<SyncItem>, server_url: string | null, kept: KeptView, };

export type Chip = "synced" | "waiting" | "sending" | "offline" | "needs_person" | "not_saved";

export type KeptView = { 
/**
 * 最近备份: server's clock. None before the first.
 */
backed_ms: number | null, 
/**
 * Own delivered events that no backup holds yet.
 */
not_backed: number, 
/**
 * 最近授时
 */
stamped_ms: number | null, 
/**
 * Originals here that a backup holds as well.
 */
freeable_photos: number, freeable_bytes: number, 
/**
 * Originals no longer here.
 */
freed_photos: number, };

export type SyncItem = { 
/**
 * Event id or photo hash.
 */
id: string, 
/**
 * `event` | `photo`
 */
kind: string, case_id: string | null, case_no: string | null, 
/**
 * Event kind, or the photo's file name.
 */
title: string, bytes: number, 
/**
 * Bytes the server holds durably.
 */
sent_bytes: number, 
/**
 * `saved_here` | `sending` | `received` | `waiting_ruling` | `refused` | `thumb_sent` | `verified` | `quarantined` | `missing`
 */
state: string, since_ms: number, 
/**
 * Receipt, once there is one: `epoch/dev/inc/upto_n`.
 */
receipt: string | null, };

export type AccessQuery = { 
/**
 * Whose; everybody's for an auditor when left out, one's own for others.
 */
user: string | null, 
/**
 * `view` | `unmask` | `search` | `export` | `print` | `edit` | `delete`
 */
action: string | null, 
/**
 * First and last day, `2026-11-24`; the last 31 days when left out.
 */
from: string | null, to: string | null, offset: number, 
/**
 * At most 200.
 */
limit: number, };

export type AccessPage = { total: number, from: string, to: string, 
/**
 * Newest first.
 */
rows: Array<AccessRow>, };

export type AccessRow = { 
/**
 * Event id.
 */
event: string, user: string, name: string, roles: Array<string>, device: string, action: string, 
/**
 * Record ids.
 */
objects: Array<string>, fields: Array<string>, reason: string, 
/**
 * `desktop` | `web`
 */
host: string, wall_ms: number, 
/**
 * When the server had it; none while only on this machine.
 */
received_ms: number | null, };

export type ProceedingRef = { id: string, };

export type ProceedingQuery = { 
/**
 * Of one case; all one may see when left out.
 */
case_id: string | null, 
/**
 * Only those not closed.
 */
open: boolean, offset: number, 
/**
 * At most 200.
 */
limit: number, };

export type ProceedingPage = { total: number, rows: Array<ProceedingCard>, 
/**
 * Whether this person may open one.
 */
may_open: boolean, };

export type ProceedingCard = { id: string, case_id: string, case_no: string, cause: string, in_progress: boolean, 
/**
 * `E00`, `E10`, …
 */
stage: string, stage_label: Label, opened_on: string, 
/**
 * `pending` | `accepted` | `refused`
 */
opening: string, opening_refused: string | null, 
/**
 * Masked; none until it is recorded.
 */
party: string | null, };

export type ProceedingOpenRequest = { case_id: string, cause: string, 
/**
 * `2026-01-05`; today when left out.
 */
date: string, 
/**
 * 在建
 */
in_progress: boolean, };

export type ProceedingView = { card: ProceedingCard, 
/**
 * The road of this proceeding, what is done and what is next.
 */
road: Array<RoadStep>, 
/**
 * Everything recorded, in its order.
 */
steps: Array<StepView>, 
/**
 * What may follow now, or stands in its way.
 */
next: Array<NextStep>, clocks: Array<ClockView>, party: PartyView | null, surcharge: SurchargeView | null, may_set_party: boolean, may_unmask: boolean, 
/**
 * Officers of the team with the certificate that holds today.
 */
officers: Array<OfficerView>, };

export type RoadStep = { code: string, label: Label, article: string, 
/**
 * `done` | `now` | `ahead`
 */
state: string, date: string | null, };

export type StepView = { event: string, code: string, label: Label, date: string, officers: Array<string>, author: string, documents: Array<DocumentView>, params: { [key in string]: string }, 
/**
 * `accepted` | `refused` | `pending`
 */
verdict: string, refused: WhyView | null, };

export type WhyView = { code: string, label: Label, article: string, };

export type DocumentView = { template: string, number: string, date: string, paper: string, };

export type NextStep = { code: string, label: Label, article: string, 
/**
 * Role codes that take it.
 */
roles: Array<string>, officers: boolean, 
/**
 * Templates; `F21|F22` is either.
 */
documents: Array<string>, params: Array<StepParam>, 
/**
 * What stands in the way today; none when it can be taken.
 */
blocked: WhyView | null, };

export type StepParam = { name: string, 
/**
 * `date` | `time` | `money` | `text` | `choice`
 */
form: string, choices: Array<string>, required: boolean, };

export type ClockView = { id: string, label: Label, deadline: DeadlineView, 
/**
 * `running` | `met` | `overdue` | `ended` | `until_final`
 */
state: string, 
/**
 * `limit` | `window` | `earliest`
 */
kind: string, };

export type PartyView = { 
/**
 * `person` | `unit`
 */
kind: string, 
/**
 * `resident_id` | `credit_code` | `passport` | `none`
 */
id_kind: string, 
/**
 * `name`, `id_no`, `representative`, `address`, `phone`, those that are recorded.
 */
fields: { [key in string]: string }, };

export type SurchargeView = { fine: string, days: number, amount: string, capped: boolean, };

export type OfficerView = { user: string, name: string, 
/**
 * None where no certificate holds today.
 */
certificate: string | null, };

export type ProceedingStepRequest = { id: string, code: string, 
/**
 * The day it was done; today when left out.
 */
date: string, officers: Array<string>, documents: Array<DocumentView>, params: { [key in string]: string }, };

export type PartySetRequest = { id: string, kind: string, name: string, id_kind: string, id_no: string, representative: string, address: string, phone: string, };

export type UnmaskRequest = { 
/**
 * `proceeding:0192…` | `paper:0192…`
 */
record: string, 
/**
 * `name`, `id_no`, …
 */
fields: Array<string>, reason: string, };

export type Unmasked = { fields: { [key in string]: string }, };

export type ProceedingWritten = { id: string, events: Array<string>, };

export type CalendarProblem = { 
/**
 * `no_days` | `bad_year` | `outside` | `twice` | `both` | `festival_missing` | `worked_festival` | `plain_workday`
 * | `plain_weekend` | `festivals_unknown` | `too_long`; of a text also `year_missing` | `other_year` | `no_such_date`
 * | `weekday_wrong` | `count_wrong` | `unread` | `not_a_file` | `date_unclear`
 */
code: string, 
/**
 * `2027-02-06`, or empty.
 */
date: string, 
/**
 * What was found: words of the text, a name, a number.
 */
found: string, 
/**
 * What it should be; empty where nothing can be said.
 */
expected: string, 
/**
 * Whether it stands in the way of publishing.
 */
blocks: boolean, };

export type LedgerCard = { id: string, label: Label, 
/**
 * `case` | `compound` | `doorway` | `dwelling` | `company`: what a row is.
 */
of: string, 
/**
 * Whether some columns are personal data.
 */
personal: boolean, may_import: boolean, };

export type LedgerList = { rows: Array<LedgerCard>, 
/**
 * Whether the caller may ask for an export with personal data, or approve another's.
 */
may_take_out: boolean, };

export type LedgerFormat = "xlsx" | "csv" | "geojson";

export type LedgerExportRequest = { ledger: string, format: LedgerFormat, 
/**
 * Only these states; all that belong in a ledger when empty.
 */
status: Array<string>, compound: string | null, 
/**
 * Words of the search.
 */
text: string, 
/**
 * Why: stands in the access log.
 */
reason: string, 
/**
 * An approved export: its own choice of rows counts, and personal data is in clear.
 */
approval: string | null, 
/**
 * A name of the caller's choosing, by which progress is asked for and the work stopped.
 */
job: string, };

export type LedgerFile = { 
/**
 * Stands in the file, on every page, and in the access log.
 */
number: string, ledger: string, rows: number, masked: boolean, name: string, 
/**
 * On a laptop: where it lies.
 */
path: string | null, 
/**
 * On the web: where it is fetched, once.
 */
url: string | null, };

export type LedgerJobRef = { job: string, };

export type LedgerJob = { running: boolean, done: number, 
/**
 * Nothing while it is not known.
 */
total: number, };

export type LedgerUpload = { file: string, name: string, bytes: number, };

export type LedgerImportRequest = { file: string, 
/**
 * Rows that may be a record that exists already are written too.
 */
duplicates: boolean, job: string, };

export type CellReport = { sheet: string, 
/**
 * `K17`; `17` for a whole row.
 */
cell: string, 
/**
 * Heading of the column; empty for a whole row.
 */
column: string, 
/**
 * `unknown_choice` | `not_a_number` | `not_a_date` | `out_of_range` | `too_long` | `required` | `not_editable` |
 * `changed_since` | `merged` | `error_value` | `unknown_record` | `twice` | `closed` | `duplicate` | …
 */
problem: string, value: string, 
/**
 * What may stand there; of a duplicate, what it may be.
 */
allowed: Array<string>, 
/**
 * Whether the row is kept out because of it.
 */
blocks: boolean, };

export type RowReport = { row: number, 
/**
 * `created` | `changed`
 */
what: string, 
/**
 * Number or place.
 */
label: string, cells: Array<CellChange>, };

export type CellChange = { column: string, before: string, after: string, };

export type ImportReport = { 
/**
 * What takes it back; empty when nothing was written.
 */
import: string, ledger: string, label: Label, sheet: string, rows: number, same: number, changed: number, created: number, 
/**
 * Rows that may be a record that exists already, and were left out for it.
 */
duplicates: number, wrong: number, 
/**
 * Rows written so far: all that were right, unless it was stopped.
 */
written: number, stopped: boolean, 
/**
 * The first problems and remarks; `wrong` counts all rows that have any that block.
 */
problems: Array<CellReport>, 
/**
 * The first rows that change something.
 */
shown: Array<RowReport>, };

export type LedgerImportRef = { import: string, };

export type ImportCard = { id: string, ledger: Label, file: string, author: string, at_ms: number, 
/**
 * `begun` | `ended` | `undone`
 */
status: string, created: number, changed: number, stopped: boolean, restored: number, kept: number, may_undo: boolean, };

export type ImportUndone = { 
/**
 * Records put back.
 */
restored: number, kept: Array<KeptRecord>, };

export type KeptRecord = { 
/**
 * Number or name.
 */
label: string, 
/**
 * `changed_since` | `no_value_before` | `closed` | `in_use`
 */
reason: string, };

export type ExportAskRequest = { ledger: string, compound: string | null, status: Array<string>, text: string, reason: string, };

export type ExportAnswerRequest = { id: string, approved: boolean, note: string, };

export type ExportCard = { id: string, ledger: string, label: Label, 
/**
 * Name of the only compound; empty for all.
 */
compound: string, status: Array<string>, text: string, reason: string, 
/**
 * `asked` | `approved` | `refused` | `done`
 */
state: string, author: string, asked_ms: number, answered_by: string, note: string, 
/**
 * As the file says it, once taken out.
 */
number: string, rows: number, may_answer: boolean, may_use: boolean, };

export type CalendarList = { 
/**
 * Version that counts now, as every deadline carries it.
 */
version: string, 
/**
 * Newest first.
 */
years: Array<YearCard>, 
/**
 * Whether this person may publish.
 */
may_publish: boolean, 
/**
 * Local date by the town's clock.
 */
today: string, };

export type YearCard = { year: number, 
/**
 * `shipped` | `published` | `provisional`
 */
stands: string, versions: number, };

export type CalendarYearRef = { year: number, };

export type CalendarYear = { card: YearCard, 
/**
 * January to December.
 */
months: Array<CalendarMonth>, 
/**
 * Newest first: the first is in force.
 */
versions: Array<CalendarVersion>, };

export type CalendarMonth = { month: number, 
/**
 * 1 Monday … 7 Sunday, of the first.
 */
starts_on: number, days: Array<CalendarDay>, };

export type CalendarDay = { date: string, 
/**
 * `work` | `weekend` | `holiday` | `make_up`
 */
kind: string, 
/**
 * The holiday's name, where there is one.
 */
name: string, 
/**
 * 法定节假日 proper.
 */
statutory: boolean, };

export type CalendarVersion = { id: string, notice_no: string, source: string, days: number, author: string, wall_ms: number, in_force: boolean, };

export type CalendarText = { 
/**
 * The notice's text, or a file's content.
 */
text: string, 
/**
 * Where the text does not name it, or to be held to it.
 */
year: number | null, };

export type CalendarPreview = { 
/**
 * 0 where none was found.
 */
year: number, notice_no: string, source: string, 
/**
 * In order, with what each is today.
 */
days: Array<CalendarFound>, problems: Array<CalendarProblem>, 
/**
 * Sentences with a date that were left, as they stand.
 */
unread: Array<string>, 
/**
 * Whether it may be published as it is.
 */
sound: boolean, };

export type CalendarFound = { date: string, 
/**
 * 1 Monday … 7 Sunday
 */
weekday: number, off: boolean, name: string, 
/**
 * Whether it is something else by the calendar that counts now.
 */
new: boolean, };

export type CalendarPublish = { text: string, year: number | null, 
/**
 * Replaces what the text says, where given.
 */
notice_no: string, source: string, };

export type IndicatorQuery = { 
/**
 * First and last day, both included: `2026-06-01`.
 */
from: string, to: string, };

export type ItemsView = { count: number, 
/**
 * Square metres, two digits.
 */
area_m2: string, cases: Array<string>, };

export type StockView = { start: ItemsView, found_old: ItemsView, new: ItemsView, demolished: ItemsView, partly: ItemsView, written_off: ItemsView, end: ItemsView, 
/**
 * Whether the items that stand are what the equation says.
 */
balances: boolean, };

export type RatioView = { 
/**
 * `94.55`; none of nothing is nothing.
 */
percent: string | null, met: Array<string>, of: Array<string>, };

export type IndicatorLine = { key: string, 
/**
 * `94.55`, `1300.00`; none where there is nothing to count.
 */
value: string | null, 
/**
 * `percent` | `cases` | `m2` | `hours` | `days`
 */
unit: string, 
/**
 * How many count towards it, and of how many; none where the number is no share.
 */
met: number | null, of: number | null, };

export type IndicatorCasesQuery = { from: string, to: string, 
/**
 * `on_time.met`, `on_time.of`
 */
list: string, offset: number, 
/**
 * At most 200.
 */
limit: number, };

export type IndicatorView = { from: string, to: string, stock: StockView, filed: Array<string>, closed_of_filed: RatioView, closed_of_due: RatioView, on_time: RatioView, reworked: RatioView, refused: RatioView, extended: RatioView, 
/**
 * Every number of the period as one line, in the order of the report. Each opens to its cases.
 */
lines: Array<IndicatorLine>, };

/** Every command, its arguments and its answer. */
export interface Commands {
  "catalogue.get": { args: Nothing; out: Catalogue };
  "prefs.set": { args: PrefsView; out: PrefsView };
  "today.show": { args: Nothing; out: TodayView };
  "compound.list": { args: CompoundQuery; out: CompoundList };
  "compound.get": { args: CompoundRef; out: CompoundView };
  "compound.register": { args: CompoundRef; out: RegisterView };
  "compound.define": { args: CompoundDefineRequest; out: RegisterView };
  "company.list": { args: CompanyQuery; out: CompanyList };
  "company.get": { args: CompanyRef; out: CompanyView };
  "company.save": { args: CompanySaveRequest; out: CompanyView };
  "dwelling.dossier": { args: DwellingRef; out: DossierView };
  "search.find": { args: SearchQuery; out: SearchView };
  "dwelling.save": { args: DwellingSaveRequest; out: DossierView };
  "plan.get": { args: CompoundRef; out: PlanView };
  "plan.set": { args: PlanSetRequest; out: Written };
  "plan.draw": { args: PlanDrawRequest; out: Written };
  "round.begin": { args: CompoundRef; out: RoundCard };
  "round.plan": { args: RoundPlanRequest; out: Array<RoundCard> };
  "round.act": { args: RoundActRequest; out: RoundView };
  "round.get": { args: RoundRef; out: RoundView };
  "round.list": { args: RoundQuery; out: RoundList };
  "round.walkers": { args: CompoundRef; out: Array<Walker> };
  "round.sheet": { args: RoundRef; out: Sheet };
  "round.coverage": { args: CoverageQuery; out: CoverageView };
  "storage.get": { args: Nothing; out: StorageView };
  "tray.list": { args: Nothing; out: Array<TrayPhoto> };
  "tray.drop": { args: PhotoRef; out: Array<TrayPhoto> };
  "photo.missing": { args: Nothing; out: MissingView };
  "photo.want": { args: PhotoRef; out: Nothing };
  "watch.get": { args: Nothing; out: WatchView };
  "watch.set": { args: WatchRequest; out: WatchView };
  "draft.new": { args: DraftNewRequest; out: DraftView };
  "draft.get": { args: DraftRef; out: DraftView };
  "draft.save": { args: DraftSaveRequest; out: DraftView };
  "draft.list": { args: Nothing; out: Array<DraftCard> };
  "draft.discard": { args: DraftRef; out: Nothing };
  "draft.record": { args: DraftRef; out: Recorded };
  "case.page": { args: CaseQuery; out: CasePage };
  "case.get": { args: CaseRef; out: CaseView };
  "case.act": { args: CaseActRequest; out: Written };
  "case.edit": { args: CaseEditRequest; out: Written };
  "case.resolve": { args: CaseResolveRequest; out: Written };
  "case.note": { args: CaseNoteRequest; out: Written };
  "pair.list": { args: Nothing; out: PairList };
  "pair.get": { args: PairRef; out: PairView };
  "pair.not_same": { args: PairNotSameRequest; out: Written };
  "case.add_photos": { args: CaseAddPhotosRequest; out: Written };
  "case.place": { args: CasePlaceRequest; out: Written };
  "photo.mark": { args: PhotoMarkRequest; out: Written };
  "bundle.export": { args: BundleRequest; out: BundleFile };
  "photo.recycled": { args: PhotoOfCase; out: Array<RecycledHit> };
  "photo.copy": { args: PhotoCopyRequest; out: PhotoCopy };
  "stamp.get": { args: Nothing; out: StampView };
  "stamp.preview": { args: StampRequest; out: StampView };
  "stamp.set": { args: StampRequest; out: StampView };
  "photo.unmark": { args: PhotoUnmarkRequest; out: Written };
  "review.queue": { args: ReviewQuery; out: ReviewQueueView };
  "review.decide": { args: ReviewDecideRequest; out: HeldView };
  "review.undo": { args: HeldRef; out: Nothing };
  "proceeding.list": { args: ProceedingQuery; out: ProceedingPage };
  "proceeding.get": { args: ProceedingRef; out: ProceedingView };
  "proceeding.rules": { args: Nothing; out: Array<WhyView> };
  "proceeding.open": { args: ProceedingOpenRequest; out: ProceedingWritten };
  "proceeding.step": { args: ProceedingStepRequest; out: ProceedingWritten };
  "party.set": { args: PartySetRequest; out: ProceedingWritten };
  "party.unmask": { args: UnmaskRequest; out: Unmasked };
  "access.page": { args: AccessQuery; out: AccessPage };
  "paper.templates": { args: PaperTemplatesRequest; out: Array<PaperTemplate> };
  "paper.prepare": { args: PaperPrepareRequest; out: PaperPrepared };
  "paper.preview": { args: PaperContent; out: PaperPreview };
  "paper.issue": { args: PaperContent; out: PaperView };
  "paper.draft_save": { args: PaperContent; out: PaperDraft };
  "paper.draft_list": { args: PaperTemplatesRequest; out: Array<PaperDraft> };
  "paper.draft_discard": { args: PaperPrepareRequest; out: Nothing };
  "paper.get": { args: PaperRef; out: PaperView };
  "paper.list": { args: PaperQuery; out: PaperPage };
  "paper.duties": { args: Nothing; out: Array<PaperDuty> };
  "paper.serve": { args: PaperServeRequest; out: PaperView };
  "paper.check": { args: PaperCheckRequest; out: PaperView };
  "paper.void": { args: PaperVoidRequest; out: PaperView };
  "paper.print_log": { args: PaperPrintRequest; out: PaperView };
  "paper.pdf": { args: PaperRef; out: PaperFile };
  "paper.numbers": { args: Nothing; out: Array<NumberBlock> };
  "paper.numbers_return": { args: Nothing; out: Array<NumberBlock> };
  "calendar.list": { args: Nothing; out: CalendarList };
  "calendar.year": { args: CalendarYearRef; out: CalendarYear };
  "calendar.preview": { args: CalendarText; out: CalendarPreview };
  "calendar.publish": { args: CalendarPublish; out: CalendarYear };
  "ledger.list": { args: Nothing; out: LedgerList };
  "ledger.export": { args: LedgerExportRequest; out: LedgerFile };
  "ledger.job": { args: LedgerJobRef; out: LedgerJob };
  "ledger.stop": { args: LedgerJobRef; out: Nothing };
  "ledger.preview": { args: LedgerImportRequest; out: ImportReport };
  "ledger.import": { args: LedgerImportRequest; out: ImportReport };
  "ledger.imports": { args: Nothing; out: Array<ImportCard> };
  "ledger.undo": { args: LedgerImportRef; out: ImportUndone };
  "ledger.ask": { args: ExportAskRequest; out: ExportCard };
  "ledger.answer": { args: ExportAnswerRequest; out: ExportCard };
  "ledger.asked": { args: Nothing; out: Array<ExportCard> };
  "indicator.show": { args: IndicatorQuery; out: IndicatorView };
  "indicator.cases": { args: IndicatorCasesQuery; out: CasePage };
  "rescue.places": { args: Nothing; out: RescuePlaces };
  "rescue.export": { args: RescueRequest; out: RescueFile };
  "sync.status": { args: Nothing; out: SyncView };
}
