import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import { TeachService } from '../src/engine/teach/teach-service.ts';

expose(new TeachService());
