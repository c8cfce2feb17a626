/** The explorer page: GraphiQL on our own /graphql, with a bearer token that lives as long as the browser tab. */
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const example = `# Who am I? Press Ctrl-Enter. Without a token the hub answers UNAUTHENTICATED:
# paste one in the field above ("npm run -s token -- council" prints one).
{
  viewer {
    organisation {
      name
    }
  }
}
`;

const key = 'passerelle.token';
const token = sessionStorage.getItem(key);
const credentials = token ? { authorization: `Bearer ${token}` } : undefined;
const endpoint = new URL('/graphql', location.href);

/** A new token reloads the page: the schema is asked again and open sockets of the former viewer are closed. */
document.querySelector<HTMLFormElement>('#token-form')!.addEventListener('submit', (event) => {
  event.preventDefault();
  const pasted = document
    .querySelector<HTMLInputElement>('#token')!
    .value.trim()
    .replace(/^bearer\s+/i, '');
  if (pasted) sessionStorage.setItem(key, pasted);
  else sessionStorage.removeItem(key);
  location.reload();
});
document.querySelector('#token-state')!.textContent = token
  ? `in use: ${token.slice(0, 6)}…${token.slice(-4)} (an empty field forgets it)`
  : 'no token';

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  headers: credentials,
  wsClient: createClient({
    url: endpoint.href.replace(/^http/, 'ws'),
    connectionParams: credentials,
  }),
});

// What is typed here may name people, so it is forgotten with the tab, like the token.
createRoot(document.querySelector('#explorer')!).render(
  createElement(GraphiQL, { fetcher, defaultQuery: example, storage: sessionStorage }),
);
