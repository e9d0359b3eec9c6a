import './own-policy.ts';
import './report.ts';
import './rethrow.ts';
import { expose } from 'comlink';
import { DownloadService } from '../src/engine/llm/download/download-service.ts';
import { placeOf } from '../src/engine/llm/store/place.ts';

expose(new DownloadService({ place: () => placeOf(self), fetch: (address, init) => fetch(address, init) }));
