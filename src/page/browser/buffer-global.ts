/** Node's `Buffer` for the rooms that use it: the bundler puts this import where they name it. */
import { Buffer } from "buffer/index.js";

// A page from a file has shared memory for WebAssembly, but not its name, which the package asks for.
const one = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
Reflect.set(globalThis, "SharedArrayBuffer", one.buffer.constructor);

export { Buffer };
