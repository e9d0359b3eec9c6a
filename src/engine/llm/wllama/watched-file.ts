/** A file that tells how much of it has been read. The runtime reads it from its start to its end, in pieces or as a stream. */
export class WatchedFile extends File {
  private readonly read: (bytes: number) => void;

  /** @param read is told of each piece: its bytes */
  constructor(file: File, read: (bytes: number) => void) {
    super([file], file.name, { type: file.type, lastModified: file.lastModified });
    this.read = read;
  }

  override slice(start?: number, end?: number, type?: string): Blob {
    const piece = super.slice(start, end, type);
    this.read(piece.size);
    return piece;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { read } = this;
    return super.stream().pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        read(piece.length);
        controller.enqueue(piece);
      },
    }));
  }
}
