// SPDX-License-Identifier: MIT
//
// The page's main thread: the terminal (xterm.js), the form, and the worker
// that runs the program.
//
// The page's address may give what the form would:
//   ?arg=a&arg=b   arguments      ?stdin=text   standard input
//   ?run=0         wait for the Run button instead of starting at once
'use strict';

const RING_SIZE = 65536;

// Splits a line of arguments as a shell does: spaces, '…', "…" and \.
function splitArguments(line) {
    const words = [];
    let word = null;
    for (const [, single, double, escaped, space, plain] of
         line.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\s+)|([^\s'"\\]+|['"\\])/gs)) {
        if (space !== undefined) {
            if (word !== null)
                words.push(word);
            word = null;
        } else {
            word = (word ?? '') + (single ?? double?.replace(/\\(.)/gs, '$1') ?? escaped ?? plain);
        }
    }
    return word === null ? words : [...words, word];
}

const quoteArgument = (word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

// Everything the program needs, fetched and compiled once.
async function loadProgram(url) {
    const response = await fetch(url).catch((e) => {
        throw new Error(`cannot load ${url}: ${e.message}. A page must be served over HTTP.`);
    });
    if (!response.ok)
        throw new Error(`cannot load ${url}: ${response.status} ${response.statusText}`);
    const program = await WebAssembly.compile(fuse(new Uint8Array(await response.arrayBuffer())));
    const [kernel, cpu, pageModule] = await Promise.all(
        [section(program, 'aw.kernel'), section(program, 'aw.cpu'), pageWasm()].map((b) => WebAssembly.compile(b)));
    return { modules: { kernel, cpu, program }, pageModule, elf: new Uint8Array(section(program, 'aw.elf')) };
}

function createTerminal(parent) {
    const css = getComputedStyle(document.documentElement);
    const color = (name) => css.getPropertyValue(name).trim();
    const terminal = new Terminal({
        cursorBlink: true, fontSize: 14, screenReaderMode: true, scrollback: 10000,
        fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace',
        theme: { background: color('--screen'), foreground: color('--screen-text'), cursor: '#45c4cd' },
    });
    const fit = new FitAddon.FitAddon();
    terminal.loadAddon(fit);
    terminal.open(parent);
    new ResizeObserver(() => fit.fit()).observe(parent);
    fit.fit();
    return terminal;
}

class Page {
    constructor(url) {
        this.url = url;
        this.name = decodeURIComponent(url.replace(/.*\//, '').replace(/\.wasm$/, ''));
        this.worker = null;
        this.canType = globalThis.crossOriginIsolated === true;
        for (const id of ['form', 'arguments', 'source', 'text', 'files', 'run', 'stop', 'status', 'isolation'])
            this[id] = document.getElementById(id);
        document.title = document.getElementById('name').textContent = this.name;
        this.terminal = createTerminal(document.getElementById('terminal'));
        this.connect();
    }

    connect() {
        const { terminal } = this;
        terminal.onData((text) => this.typed(text));
        terminal.onResize(() => this.resized());
        // Tab is the program's; Shift+Tab leaves the terminal.
        terminal.attachCustomKeyEventHandler((e) => !(e.key === 'Tab' && e.shiftKey));
        this.form.addEventListener('submit', (e) => { e.preventDefault(); this.start(); });
        this.stop.addEventListener('click', () => this.interrupt());
        this.source.addEventListener('change', () => { this.text.hidden = this.source.value !== 'text'; });
        if (!this.canType) {
            this.isolation.hidden = false;
            this.source.querySelector('[value=keys]').disabled = true;
            this.source.value = 'text';
            this.text.hidden = false;
        }
    }

    fill(query) {
        this.arguments.value = query.getAll('arg').map(quoteArgument).join(' ');
        if (!query.has('stdin'))
            return;
        this.source.value = 'text';
        this.text.hidden = false;
        this.text.value = query.get('stdin');
    }

    typed(text) {
        if (!this.worker)
            return;
        if (text === '\x03')
            this.interrupt();
        else if (this.ring)
            this.ring.put(new TextEncoder().encode(text));
    }

    resized() {
        if (!this.ring)
            return;
        Atomics.store(this.ring.words, RING_ROWS, this.terminal.rows);
        Atomics.store(this.ring.words, RING_COLUMNS, this.terminal.cols);
    }

    say(state, text, result = {}) {
        this.status.dataset.state = state;
        this.status.dataset.status = result.status ?? '';
        this.status.dataset.signal = result.signal || '';
        this.status.textContent = text;
        this.run.disabled = state === 'loading' || state === 'running';
        this.stop.disabled = state !== 'running';
    }

    async start() {
        this.terminal.reset();
        this.say('loading', 'Loading…');
        try {
            this.program ??= await loadProgram(this.url);
            this.launch(await this.chosenFiles());
        } catch (e) {
            this.fail(e.message);
        }
    }

    chosenFiles() {
        return Promise.all([...this.files.files].map(async (file) =>
            ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    }

    launch(files) {
        const { terminal, name } = this;
        const isText = this.source.value === 'text';
        this.ring = this.canType ? new KeyRing(new SharedArrayBuffer(RING_WORDS * 4 + RING_SIZE)) : null;
        this.resized();
        this.worker = new Worker(this.url.replace(/\.wasm$/, '.js'));
        this.worker.onmessage = ({ data }) => this.received(data);
        this.worker.onerror = (e) => this.fail(e.message);
        this.worker.postMessage({
            ...this.program, files, ring: this.ring?.words.buffer ?? null, size: [terminal.rows, terminal.cols],
            input: isText ? new TextEncoder().encode(this.text.value) : null,
            boot: {
                argv: wordList([name, ...splitArguments(this.arguments.value)]),
                env: wordList(['HOME=/home', 'PATH=/bin', 'PWD=/', 'LANG=C.UTF-8', 'TERM=xterm-256color']),
                cwd: '/', exe: `/${name}`, fds: '0:0 1:1 2:2',
            },
        });
        this.say('running', isText ? 'Running' : 'Running: type in the terminal');
        if (!isText)
            terminal.focus();
    }

    received(message) {
        if (message.show)
            this.terminal.write(message.show);
        else if (message.error)
            this.fail(message.error);
        else
            // After what was shown: the terminal writes when it has time.
            this.terminal.write('', () => this.ended(message));
    }

    ended(result) {
        this.finish();
        if (result.signal)
            this.say('exited', `Killed by signal ${result.signal}`, result);
        else
            this.say('exited', `Exited with status ${result.status}`, result);
    }

    fail(text) {
        this.finish();
        this.say('failed', text);
    }

    interrupt() {
        if (!this.worker)
            return;
        this.finish();
        this.terminal.write('^C\r\n');
        this.say('stopped', 'Stopped');
    }

    finish() {
        this.worker?.terminate();
        this.worker = this.ring = null;
    }
}

if (typeof document !== 'undefined') {
    const query = new URLSearchParams(location.search);
    const page = new Page(document.currentScript.src.replace(/\.js$/, '.wasm'));
    page.fill(query);
    if (query.get('run') === '0')
        page.say('ready', 'Ready');
    else
        page.start();
}
