import { crc32 } from '../../src/engine/unpack/crc32.ts';

/** An archive of stored files; paths may occur twice, and be anything. */
export function zip(files: readonly (readonly [path: string, text: string])[]): Buffer {
  let at = 0;
  const records: Buffer[] = [], directory: Buffer[] = [];
  for (const [path, text] of files) {
    const [name, body] = [Buffer.from(path), Buffer.from(text)];
    // What a file's own header and its entry in the directory have in common, from the version needed on (APPNOTE.TXT 4.3.7, 4.3.12).
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt32LE(crc32(0, body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    records.push(Buffer.from('PK\x03\x04'), common, name, body);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, name);
    at += 30 + name.length + body.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...records, list, zipEnd(files.length, list.length, at)]);
}

/** The record that ends an archive (4.3.16). */
export function zipEnd(files: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
