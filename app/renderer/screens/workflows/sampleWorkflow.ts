/**
 * A first workflow to look at and to run. Its page is part of it, so that it works without a network and
 * asks nothing of anybody's server.
 */
const page = `<!doctype html><meta charset="utf-8"><title>Burrow</title>
<style>body{font:16px/1.5 system-ui;margin:3rem auto;max-width:34rem}li{margin:.25rem 0}input,button{font:inherit;padding:.3rem .6rem}</style>
<h1>Welcome to the burrow</h1>
<form onsubmit="event.preventDefault();greeting.textContent='Hello, '+visitor.value+'!'">
<label>Your name <input id="visitor"></label> <button>Enter</button></form>
<p id="greeting" role="status"></p>
<ul><li>North chamber<li>South chamber<li>Root cellar</ul>`;

export function sampleWorkflow(name: string, description: string): Record<string, unknown> {
  return {
    format: 'warren-workflow',
    formatVersion: 1,
    name,
    description,
    variables: [{ name: 'visitor', description: '', default: 'Hazel' }],
    steps: [
      { type: 'navigate', url: `data:text/html;charset=utf-8,${encodeURIComponent(page)}` },
      { type: 'fill', selectors: [{ label: 'Your name' }, '#visitor'], value: '{{ visitor }}' },
      { type: 'click', selectors: [{ role: 'button', name: 'Enter' }] },
      { type: 'assert', selectors: [{ role: 'status' }], text: 'Hello, {{ visitor }}!' },
      { type: 'extract', selectors: ['#greeting'], what: 'text', as: 'greeting' },
      { type: 'extract', selectors: ['li'], what: 'text', as: 'rooms', all: true },
      { type: 'screenshot', name: 'burrow' },
    ],
  };
}
