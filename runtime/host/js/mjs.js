// SPDX-License-Identifier: MIT
//
// Last part of x.mjs: an ES module, see node_worker.js.

const self = fileURLToPath(import.meta.url);
const moduleFile = self.replace(/\.[^.]*$/, '') + '.wasm';
const isMain = isMainThread && !!process.argv[1] && fs.realpathSync(process.argv[1]) === fs.realpathSync(self);

if (isProgramWorker)
    workerMain(workerData.aarch64Wasm);
else if (isMain)
    await runFromCommandLine(self, self, moduleFile);

export default (options) => runFromApi(self, self, moduleFile, options);
