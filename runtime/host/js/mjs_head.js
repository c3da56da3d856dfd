// SPDX-License-Identifier: MIT
//
// First part of x.mjs: what the CommonJS parts after it take for granted.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
