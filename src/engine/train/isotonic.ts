/** A run of values, in order, that share one mean. */
interface Block {
  weight: number;
  sumX: number;
  sumY: number;
}

/** Share of the diagonal mixed in, so that the function rises strictly and keeps the order of what it is given. */
const SLOPE = 1e-3;

/**
 * Isotonic regression of y (0 or 1) on x (0 … 1) by pooling adjacent violators (Ayer et al. 1955), as points to draw
 * straight lines between, from x = 0 to x = 1. Every pooled run counts one more case, which came out as its x says: a
 * short run of hits is not certainty.
 */
export function isotonicKnots(x: ArrayLike<number>, y: ArrayLike<number>, weights: ArrayLike<number>): { x: number[]; y: number[] } {
  const order = Array.from({ length: x.length }, (_, i) => i).sort((a, b) => x[a] - x[b] || a - b);
  const blocks: Block[] = [];
  order.forEach((i, place) => {
    const last = blocks.at(-1);
    // Equal x are one point: they cannot get different answers.
    if (last && place > 0 && x[order[place - 1]] === x[i]) add(last, { weight: weights[i], sumX: weights[i] * x[i], sumY: weights[i] * y[i] });
    else blocks.push({ weight: weights[i], sumX: weights[i] * x[i], sumY: weights[i] * y[i] });
    const next = order[place + 1];
    if (next === undefined || x[next] !== x[i]) pool(blocks);
  });
  const knots = { x: [0], y: [0] };
  let least = 0;
  for (const block of blocks) {
    if (block.weight === 0) continue;
    const at = block.sumX / block.weight;
    least = Math.max(least, (block.sumY + at) / (block.weight + 1));
    if (at <= 0) knots.y[0] = least;
    else if (at < 1) addKnot(knots, at, least);
  }
  addKnot(knots, 1, Math.max(least, knots.y[knots.y.length - 1]));
  return { x: knots.x, y: knots.y.map((value, i) => (1 - SLOPE) * value + SLOPE * knots.x[i]) };
}

function addKnot(knots: { x: number[]; y: number[] }, x: number, y: number): void {
  if (x <= knots.x[knots.x.length - 1]) return;
  knots.x.push(x);
  knots.y.push(y);
}

/** Joins the last blocks while their means do not rise. */
function pool(blocks: Block[]): void {
  while (blocks.length > 1) {
    const [before, last] = blocks.slice(-2);
    if (before.sumY * last.weight < last.sumY * before.weight) return;
    add(before, last);
    blocks.pop();
  }
}

function add(to: Block, block: Block): void {
  to.weight += block.weight;
  to.sumX += block.sumX;
  to.sumY += block.sumY;
}
