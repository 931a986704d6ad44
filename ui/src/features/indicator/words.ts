/** Each number's name and how it is counted. */
import { m } from "../../i18n";

type Words = { name: () => string; how: () => string };

const WORDS: Record<string, Words> = {
  stock_start: { name: m.indicator_stock_start, how: m.indicator_how_stock_start },
  found_old: { name: m.indicator_found_old, how: m.indicator_how_found_old },
  found_new: { name: m.indicator_found_new, how: m.indicator_how_found_new },
  demolished: { name: m.indicator_demolished, how: m.indicator_how_demolished },
  partly: { name: m.indicator_partly, how: m.indicator_how_partly },
  written_off: { name: m.indicator_written_off, how: m.indicator_how_written_off },
  stock_end: { name: m.indicator_stock_end, how: m.indicator_how_stock_end },
  stock_gone: { name: m.indicator_stock_gone, how: m.indicator_how_stock_gone },
  stock_gone_area: { name: m.indicator_stock_gone_area, how: m.indicator_how_stock_gone_area },
  stopped: { name: m.indicator_stopped, how: m.indicator_how_stopped },
  shared_gone: { name: m.indicator_shared_gone, how: m.indicator_how_shared_gone },
  filed: { name: m.indicator_filed, how: m.indicator_how_filed },
  closed_of_filed: { name: m.indicator_closed_of_filed, how: m.indicator_how_closed_of_filed },
  closed_of_due: { name: m.indicator_closed_of_due, how: m.indicator_how_closed_of_due },
  on_time: { name: m.indicator_on_time, how: m.indicator_how_on_time },
  accepted_in_time: { name: m.indicator_accepted_in_time, how: m.indicator_how_accepted_in_time },
  received_in_time: { name: m.indicator_received_in_time, how: m.indicator_how_received_in_time },
  checked_in_time: { name: m.indicator_checked_in_time, how: m.indicator_how_checked_in_time },
  mean_hours: { name: m.indicator_mean_hours, how: m.indicator_how_mean_hours },
  median_hours: { name: m.indicator_median_hours, how: m.indicator_how_median_hours },
  mean_days: { name: m.indicator_mean_days, how: m.indicator_how_mean_days },
  median_days: { name: m.indicator_median_days, how: m.indicator_how_median_days },
  reworked: { name: m.indicator_reworked, how: m.indicator_how_reworked },
  refused: { name: m.indicator_refused, how: m.indicator_how_refused },
  extended: { name: m.indicator_extended, how: m.indicator_how_extended },
  rebound: { name: m.indicator_rebound, how: m.indicator_how_rebound },
  sampled: { name: m.indicator_sampled, how: m.indicator_how_sampled },
  sample_passed: { name: m.indicator_sample_passed, how: m.indicator_how_sample_passed },
  hotline: { name: m.indicator_hotline, how: m.indicator_how_hotline },
  hotline_again: { name: m.indicator_hotline_again, how: m.indicator_how_hotline_again },
  coverage: { name: m.indicator_coverage, how: m.indicator_how_coverage },
};

export function nameOf(key: string): string {
  return WORDS[key]?.name() ?? key;
}

export function howOf(key: string): string {
  return WORDS[key]?.how() ?? "";
}
