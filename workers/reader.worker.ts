import './confine.ts';
import './report.ts';
import './rethrow.ts';
import { expose, transfer } from 'comlink';
import type { ExportStep } from '../src/contract/export.ts';
import { ReaderService } from '../src/engine/scan/reader-service.ts';

/** Hands each part of an export over instead of copying it. */
class TransferringReader extends ReaderService {
  override async exportStep(): Promise<ExportStep> {
    const step = await super.exportStep();
    return transfer(step, [step.bytes.buffer]);
  }
}

expose(new TransferringReader());
