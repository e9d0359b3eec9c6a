/** A piece of a row: kept, or a value and its stand-in. */
export interface ChangedPart {
  readonly was: string;
  /** null: it stays. */
  readonly now: string | null;
}

const STAND_IN = /\[(?:ip|mac|email|token|card|own) [0-9a-f]{10}\]/g;
/** Kept text around a change. */
const AROUND = 40;

/** What redaction did to a row: the text between two stand-ins is found again in the row as it was. Long kept pieces are cut. */
export function changedParts(before: string, after: string): ChangedPart[] {
  const kept = after.split(STAND_IN);
  const now = after.match(STAND_IN) ?? [];
  const parts: ChangedPart[] = [];
  let at = 0;
  let standIns = '';
  kept.forEach((piece, i) => {
    const last = i === kept.length - 1;
    if (i > 0) {
      standIns += now[i - 1];
      // Between two that touch there is nothing to find: they are shown together.
      if (piece === '' && !last) return;
      // The last piece ends the row; others are found where they come next.
      const next = last ? before.length - piece.length : before.indexOf(piece, at + 1);
      const end = Math.max(at, next < 0 ? before.length : next);
      parts.push({ was: before.slice(at, end), now: standIns });
      standIns = '';
      at = end;
    }
    if (piece !== '') parts.push({ was: shortened(piece, i === 0, last), now: null });
    at += piece.length;
  });
  return parts;
}

function shortened(piece: string, first: boolean, last: boolean): string {
  if (first) return piece.length > AROUND * 2 ? `…${piece.slice(-AROUND * 2)}` : piece;
  if (last) return piece.length > AROUND ? `${piece.slice(0, AROUND)}…` : piece;
  return piece.length > AROUND * 2 ? `${piece.slice(0, AROUND)} … ${piece.slice(-AROUND)}` : piece;
}
