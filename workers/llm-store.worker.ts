import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import { placeOf } from '../src/engine/llm/store/place.ts';
import { LlmStoreService } from '../src/engine/llm/store/store-service.ts';

expose(new LlmStoreService(() => placeOf(self), (address, init) => fetch(address, init)));
