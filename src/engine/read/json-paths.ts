import type { Dialect, Role } from '../../contract/dialect.ts';
import { nameRank } from './sniff-roles.ts';

/** So many further fields may stand in for the one of a role. */
const MOST = 4;

/** Fields that stand for a role as surely as its own one, and serve where an object lacks that: files may mix what several programs write. */
export function alternatesOf(dialect: Dialect, role: Role): readonly string[] {
  const own = dialect.columns[dialect.roles[role]] ?? '';
  if (own === '' || role === 'label' || nameRank(role, own) === Infinity) return [];
  return dialect.columns
    .map((path) => ({ path, rank: nameRank(role, path) }))
    .filter(({ path, rank }) => path !== own && rank < Math.max(SURE[role], nameRank(role, own) + NEIGHBOURS) && !dialect.columns.some((column, at) => column === path && Object.values(dialect.roles).includes(at)))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ path }) => path);
}

/** Names next to the own one on the list mean much the same. */
const NEIGHBOURS = 3;
/** Ranks of names that leave no doubt. */
const SURE: Readonly<Record<Exclude<Role, 'label'>, number>> = { message: 14, source: 12, time: 6, level: 8 };
