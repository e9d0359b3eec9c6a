import { describe, expect, test, vi } from 'vitest';
import type { Carried } from '../../../src/bridge/kept-store.ts';
import { Failure } from '../../../src/contract/failure.ts';
import { arrive, carry } from '../../../src/session/site/carrying.ts';
import type { CarryParts, CarryStore } from '../../../src/session/site/carrying.ts';

/** Storage with room for one record. */
function store(first: Carried | null = null): CarryStore & { readonly held: () => Carried | null } {
  let held = first;
  return { held: () => held, read: async () => held, write: async (carried) => { held = carried; }, remove: async () => { held = null; } };
}

function parts(more: Partial<CarryParts> = {}): CarryParts {
  return {
    keepsake: async () => ({ text: '{"taught":1}', lessons: 12 }), restored: async () => undefined, takeOver: async () => undefined,
    formats: () => 'formats', takeFormats: async () => undefined, open: () => true, saving: () => false, ...more,
  };
}

describe('what was taught', () => {
  test('arrives with the formats, after what was kept, and is then deleted', async () => {
    const place = store();
    await carry(parts(), place);
    const order: string[] = [];
    const told = await arrive(parts({
      restored: async () => void order.push('kept'), takeOver: async (text) => void order.push(text), takeFormats: async (text) => void order.push(text),
    }), place);
    expect(order).toEqual(['kept', '{"taught":1}', 'formats']);
    expect(told).toBe('This is the newer version. What you taught about 12 patterns was taken along. Open your log again to go on.');
    expect(place.held()).toBeNull();
    expect(await arrive(parts(), place)).toBe('');
  });

  test('is not spoken of where there was none', async () => {
    const place = store();
    await carry(parts({ keepsake: async () => ({ text: '{}', lessons: 0 }), formats: () => '', open: () => false }), place);
    const takeFormats = vi.fn();
    expect(await arrive(parts({ takeFormats }), place)).toBe('This is the newer version.');
    expect(takeFormats).not.toHaveBeenCalled();
  });

  test('that the newer version refuses stays, and the person is told why', async () => {
    const place = store();
    await carry(parts(), place);
    const takeOver = async () => { throw new Failure('bundle-refused', 'It names a category twice.'); };
    await expect(arrive(parts({ takeOver }), place)).rejects.toMatchObject({ code: 'bundle-refused', message: expect.stringContaining('It names a category twice.') });
    expect(place.held()?.text).toBe('{"taught":1}');
  });

  test('must be put down before the page is left', async () => {
    const full: CarryStore = { ...store(), write: async () => { throw new Failure('storage-full', 'There is no room.'); } };
    await expect(carry(parts(), full)).rejects.toMatchObject({ code: 'storage-full', message: expect.stringContaining('was not reloaded and nothing is lost. There is no room.') });
  });

  test('waits for a file that is being saved', async () => {
    const place = store();
    await expect(carry(parts({ saving: () => true }), place)).rejects.toMatchObject({ code: 'save-failed', message: expect.stringContaining('being saved') });
    expect(place.held()).toBeNull();
  });
});
