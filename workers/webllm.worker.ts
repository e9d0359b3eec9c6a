import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import { WebllmService } from '../src/engine/llm/webllm/webllm-service.ts';

expose(new WebllmService(() => import('../src/engine/llm/webllm/webllm-engine.ts'), self));
