/** Takes over a browser's way to hand out devices of the graphics card, so that the loss of one is noticed: WebLLM only writes it to the console, and a question could wait for ever. */
export interface DeviceWatch {
  /** Rejects when a device that was handed out meanwhile is lost, with what the browser says. Never resolves. */
  readonly lost: Promise<never>;
  /** Devices that are handed out from now on are no longer watched, nor is the loss of one. */
  end(): void;
}

/** The browser's class; missing where there is no WebGPU. */
interface AdapterClass {
  readonly prototype: { requestDevice: (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) => Promise<GPUDevice> };
}

/** @param scope the worker's global scope */
export function watchDevices(scope: { readonly GPUAdapter?: AdapterClass }): DeviceWatch {
  const { GPUAdapter: adapter } = scope;
  const { promise, reject } = withResolvers();
  if (adapter === undefined) return { lost: promise, end: () => undefined };
  const original = adapter.prototype.requestDevice;
  let watching = true;
  const own = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
    const device = await original.call(this, descriptor);
    void device.lost.then(({ reason, message }) => {
      if (watching) reject(new Error(`GPUDevice lost (${reason}): ${message}`));
    });
    return device;
  };
  adapter.prototype.requestDevice = own;
  return {
    lost: promise,
    end: () => {
      watching = false;
      if (adapter.prototype.requestDevice === own) adapter.prototype.requestDevice = original;
    },
  };
}

function withResolvers(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  // It may be lost while nobody asks anything.
  promise.catch(() => undefined);
  return { promise, reject };
}
