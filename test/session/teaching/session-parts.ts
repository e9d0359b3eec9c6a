import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Filter } from '../../../src/contract/view.ts';
import type { OpenLog } from '../../../src/session/teaching/open-log.ts';
import type { Teaching } from '../../../src/session/teaching/teaching.svelte.ts';
import type { Lab } from './teaching-lab.ts';

export type SessionParts = OpenLog & { readonly teaching: Teaching };

/** What dialogs ask of a session, of a lab. */
export function partsOf({ board, teaching, access }: Lab): SessionParts {
  const files: readonly File[] = [];
  return {
    get table() { return board.table; },
    get verdicts() { return board.verdicts; },
    get threshold() { return board.threshold; },
    get finalShare() { return board.finalShare; },
    files, teaching,
    ask: (question) => access.call(question),
    rows: async (filter: Filter, from, count) => {
      if (board.verdicts !== null) await access.share(board.verdicts);
      return access.call((api) => api.rows({ ...NO_FILTER, ...filter }, from, count));
    },
  };
}
