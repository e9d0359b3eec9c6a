import { LoadBalancerReader } from '../elb.ts';
import type { FormatModule } from '../format-module.ts';

const SAMPLE_LINES = 200;
/** Type, time, name (app/NAME/ID), client, target; or time, name, client, backend of a classic one; both go on with three durations. */
const LINE = /^(?:(?:https?|h2|grpcs?|wss?) )?\d{4}-\d\d-\d\dT[\d:.]+Z [\w./-]+ [\d.:a-f[\]]+ (?:[\d.:a-f[\]]+|-) -?[\d.]+ -?[\d.]+ -?[\d.]+ /;
const NETWORK = /^tls [\d.]+ \d{4}-\d\d-\d\dT[\d:]+ net\//;

/** Access logs of AWS load balancers (ALB, NLB and classic ELB). */
export const loadBalancerFormat: FormatModule = {
  name: 'AWS load balancer access log',
  recognise({ text, base }) {
    const lines = text.split('\n', SAMPLE_LINES).filter((line) => line.trim() !== '');
    const fitting = lines.filter((line) => LINE.test(line) || NETWORK.test(line)).length;
    return fitting === 0 || fitting < 0.8 * lines.length ? null : { score: 0.97, dialect: { ...base, shape: 'access' } };
  },
  open: (dialect, resume) => new LoadBalancerReader(dialect, resume),
};
