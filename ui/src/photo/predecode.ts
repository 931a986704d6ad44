/**
 * Pictures decoded before they are looked at, so the next photo or case is on the screen at once.
 * Holds a bounded number of decoded pictures; the browser frees what falls out.
 */

const KEEP = 12;
const decoded = new Map<string, HTMLImageElement>();

/** Starts decoding; a picture that fails is simply decoded again when shown, where its error is said. */
export function predecode(url: string): void {
  const known = decoded.get(url);
  if (known) {
    // Freshest last, so the oldest falls out first.
    decoded.delete(url);
    decoded.set(url, known);
    return;
  }
  const image = new Image();
  image.decoding = "async";
  image.src = url;
  decoded.set(url, image);
  image.decode().catch(() => decoded.delete(url));
  for (const old of decoded.keys()) {
    if (decoded.size <= KEEP) break;
    decoded.delete(old);
  }
}
