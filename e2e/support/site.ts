/** Pages to automate, served on loopback: a form login with a session cookie, and a list behind it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Site {
  readonly url: string;
  /** How often the login form was sent with the right password. */
  logins(): number;
  close(): Promise<void>;
}

export interface SiteSecrets {
  readonly user: string;
  readonly password: string;
  /** Value of the session cookie, which has no expiry: Chromium keeps such a cookie in memory only. */
  readonly cookie: string;
  /** Kept by the page in localStorage. */
  readonly stored: string;
  readonly items: readonly { readonly name: string; readonly price: string }[];
}

export async function startSite(secrets: SiteSecrets): Promise<Site> {
  let logins = 0;
  const second = Promise.withResolvers<void>();
  let together = 0;
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (request.method === 'POST' && path === '/login') {
      const form = new URLSearchParams(await bodyOf(request));
      if (form.get('user') !== secrets.user || form.get('password') !== secrets.password) {
        send(response, 403, page('Refused', '<p role="alert">Wrong user or password</p>'));
        return;
      }
      logins += 1;
      response.setHeader('Set-Cookie', `session=${secrets.cookie}; HttpOnly; SameSite=Lax; Path=/`);
      response.writeHead(303, { Location: '/items' }).end();
    } else if (path === '/items') {
      const known = request.headers.cookie?.includes(`session=${secrets.cookie}`);
      if (known) send(response, 200, itemsPage(secrets));
      else response.writeHead(303, { Location: '/' }).end();
    } else if (path === '/together') {
      // Whoever comes first waits for the next: only those who run at once get through.
      if (++together === 2) second.resolve();
      await second.promise;
      send(response, 200, loginPage);
    } else if (path === '/missing.png') {
      send(response, 404, 'no such picture');
    } else if (path === '/') {
      send(response, 200, loginPage);
    } else {
      send(response, 404, page('Not found', ''));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    logins: () => logins,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const style =
  'body{font:16px/1.5 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#222}' +
  'label{display:block;margin:.8rem 0}input,button{font:inherit;padding:.4rem .7rem}' +
  'li{display:flex;justify-content:space-between;border-bottom:1px solid #ddd;padding:.5rem 0}';

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${style}</style><body><h1>${title}</h1>${body}</body></html>`;

const loginPage = page(
  'Members',
  `<form method="post" action="/login">
     <label>User <input name="user" autocomplete="off"></label>
     <label>Password <input name="password" type="password"></label>
     <button>Log in</button>
   </form>`,
);

function itemsPage({ items, stored }: SiteSecrets): string {
  const rows = items
    .map(
      ({ name, price }) =>
        `<li><span class="name">${name}</span><b class="price">${price}</b></li>`,
    )
    .join('');
  return page(
    'Your items',
    `<ul id="items">${rows}</ul><img src="/missing.png" alt="">
     <script>localStorage.setItem('kept', ${JSON.stringify(stored)}); console.error('the page says something went wrong');</script>`,
  );
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
