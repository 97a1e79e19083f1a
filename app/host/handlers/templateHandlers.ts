/** Templates: settings that new profiles begin with. */
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';
import { required } from './values.ts';

/** More than anybody chooses among. */
const mostShown = 500;

export function templateHandlers(
  context: HandlerContext,
): Pick<Handlers, Extract<keyof Handlers, `templates.${string}`>> {
  const { commit } = context;
  const services = () => context.unlocked().services;
  return {
    'templates.list': () => ({
      rows: services().templates.list({ search: '', sort: 'name', limit: mostShown }).rows,
    }),
    'templates.get': ({ template }) => services().templates.get(template),
    'templates.save': ({ input }) =>
      commit(({ templates }) => {
        const id = templates.idOfName(input.name);
        return id === null ? required(templates.add([input])[0]) : templates.replace(id, input);
      }),
    'templates.remove': async ({ template }) => {
      const { id } = services().templates.get(template);
      await commit(({ templates }) => templates.trash([id]));
      return null;
    },
  };
}
