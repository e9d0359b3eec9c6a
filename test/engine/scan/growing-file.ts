/** A file that grows; a real one is followed in test/browser/follow.test.ts. */
export class Growing {
  private text = '';
  private readonly name: string;

  constructor(name = 'app.log') {
    this.name = name;
  }

  add(text: string): void {
    this.text += text;
  }

  cut(length: number): void {
    this.text = this.text.slice(0, length);
  }

  get file(): File {
    return new File([this.text], this.name, { lastModified: Date.UTC(2024, 5, 1) });
  }

  get handle(): FileSystemFileHandle {
    return { name: this.name, getFile: async () => this.file } as unknown as FileSystemFileHandle;
  }
}
