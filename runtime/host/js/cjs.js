// SPDX-License-Identifier: MIT
//
// Last part of x.js: a CommonJS module, see node_worker.js.
'use strict';

const moduleFile = __filename.replace(/\.[^.]*$/, '') + '.wasm';

if (isProgramWorker)
    workerMain(workerData.aarch64Wasm);
else if (require.main === module)
    runFromCommandLine(__filename, __filename, moduleFile);
else
    module.exports = (options) => runFromApi(__filename, __filename, moduleFile, options);
