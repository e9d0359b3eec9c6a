import { lineFormat } from '../line-format.ts';

/** klog (Kubernetes) and glog: "I0102 03:04:05.678901       1 file.go:12] message". */
export const klogFormat = lineFormat({ name: 'klog, glog', kinds: ['klog'] });
