/** From tiles to a type code of the catalogue. Pure. */
import type { CaseType, Catalogue, Category, Tile } from "../../ipc/api.gen";

/** The last tile: everything the other tiles do not name, by search. */
export const OTHER = "OTHER";

const TILES_SHOWN = 7;

/** The tiles drawn before 其他…, which is always the last. */
export function tilesShown(catalogue: Catalogue): Tile[] {
  return catalogue.tiles.filter((t) => t.code !== OTHER).slice(0, TILES_SHOWN);
}

export function categoryOf(catalogue: Catalogue, code: string | null): Category | undefined {
  if (code === null) return undefined;
  const of = catalogue.types.find((t) => t.code === code)?.category ?? code;
  return catalogue.categories.find((c) => c.code === of);
}

export function typeOf(catalogue: Catalogue, code: string | null): CaseType | undefined {
  return catalogue.types.find((t) => t.code === code);
}

export function subtypes(catalogue: Catalogue, category: string): CaseType[] {
  return catalogue.types.filter((t) => t.category === category);
}

/** Which tile a chosen type lights up: its own, its category's, or 其他. */
export function tileOf(catalogue: Catalogue, typeCode: string | null): string | null {
  const type = typeOf(catalogue, typeCode);
  if (!type) return null;
  const shown = tilesShown(catalogue);
  return (shown.find((t) => t.code === type.code) ?? shown.find((t) => t.code === type.category))?.code ?? OTHER;
}

/** What pressing a tile settles: a type at once, or a category whose types come next. */
export function pressTile(catalogue: Catalogue, tile: string): { type: string | null; category: string | null } {
  if (tile === OTHER) return { type: null, category: null };
  const direct = typeOf(catalogue, tile);
  if (direct) return { type: direct.code, category: direct.category };
  const own = subtypes(catalogue, tile);
  return { type: own.length === 1 ? (own[0]?.code ?? null) : null, category: tile };
}
