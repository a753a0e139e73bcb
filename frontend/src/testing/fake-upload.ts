/** An `XMLHttpRequest` that goes nowhere: the test plays the network and the server. */
export class FakeUpload {
  static readonly started: FakeUpload[] = [];
  static get last(): FakeUpload {
    const last = FakeUpload.started.at(-1);
    if (!last) throw new Error("Nothing was uploaded");
    return last;
  }

  readonly upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null } = { onprogress: null };
  readonly headers = new Map<string, string>();
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  address = "";
  body = new FormData();
  isAborted = false;
  status = 0;
  responseText = "";
  private answered = new Headers();

  open(method: string, path: string): void {
    this.address = `${method} ${path}`;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.answered.get(name);
  }

  send(body: FormData): void {
    this.body = body;
    FakeUpload.started.push(this);
  }

  abort(): void {
    this.isAborted = true;
    this.onabort?.();
  }

  moveTo(loaded: number, total: number): void {
    this.upload.onprogress?.({ loaded, total });
  }

  async answer(response: Response): Promise<void> {
    this.status = response.status;
    this.answered = response.headers;
    this.responseText = await response.text();
    this.onload?.();
  }

  breakOff(): void {
    this.onerror?.();
  }
}

export function installUploads(): void {
  FakeUpload.started.length = 0;
  Object.assign(window, { XMLHttpRequest: FakeUpload });
}
