import { CriReader } from '../cri.ts';
import { lineFormat } from '../line-format.ts';

/** Logs of containers as Kubernetes' runtimes (containerd, CRI-O) write them, lines that were cut put together again. */
export const criFormat = lineFormat({
  name: 'Kubernetes (CRI)',
  line: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP](?: |$)/,
  likes: /^/,
  dialect: { grouping: 'line' },
  open: (dialect, resume) => new CriReader(dialect, resume),
});
