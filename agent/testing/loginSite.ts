/**
 * A site with accounts, for tests. Whoever comes gets a cookie that lasts; logging in puts another value into
 * it, as careful sites do, and sets one more that ends with the browser.
 */
import { sendHtml, startSite, type TestSite } from './site.ts';

export interface LoginSite extends TestSite {
  /** The page that logs somebody in; `name` and what is stored of them can be looked for. */
  loginOf(name: string): string;
  readonly home: string;
}

const year = 'Max-Age=31536000; Path=/';

/** @param extra more of the page that shows who is logged in. */
export async function startLoginSite(extra = ''): Promise<LoginSite> {
  const site = await startSite({
    '/home': (request, response) => {
      const cookies = request.headers.cookie ?? '';
      const [, known] = /\bsid=([\w-]+)/.exec(cookies) ?? [];
      const [, session] = /\bsession=([\w-]+)/.exec(cookies) ?? [];
      if (!known) response.setHeader('set-cookie', `sid=anonymous; ${year}; HttpOnly`);
      sendHtml(response, `<p id="who">${known ?? 'nobody'} ${session ?? 'nobody'}</p>${extra}`);
    },
    '/login': (request, response) => {
      const name = new URL(request.url ?? '/', 'http://site').searchParams.get('name') ?? '';
      response.setHeader('set-cookie', [
        `sid=${name}; ${year}; HttpOnly`,
        `session=${name}; Path=/; HttpOnly`,
        `login-${name}=1; ${year}`,
      ]);
      sendHtml(response, `<script>localStorage.name = '${name}-stored'</script>`);
    },
    '/worker.js': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end('self.onfetch = () => undefined;');
    },
  });
  return {
    ...site,
    home: `${site.origin}/home`,
    loginOf: (name) => `${site.origin}/login?name=${name}`,
  };
}
