/** `template …` */
import type { Command } from 'commander';
import { type CommonOptions, withSession } from '../context.ts';
import { printJson, printLine, printTable, text } from '../output.ts';

export function addTemplateCommands(program: Command): void {
  const template = program
    .command('template')
    .description('settings that new profiles begin with (profile add --template)');

  template
    .command('list')
    .description('list templates')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const { rows } = await session.call('templates.list', {});
        if (options.json) return printJson(rows);
        printTable(
          ['NAME', 'GROUP', 'TAGS', 'ID'],
          rows.map(({ name, group, tags, id }) => [name, group ?? '', tags.join(', '), id]),
        );
      });
    });

  template
    .command('save <profile>')
    .description('keep the settings of a profile as a template; one of the same name is replaced')
    .option('--name <name>', 'another name than the profile’s')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { name?: string }>();
      await withSession(options, async (session) => {
        const profile = await session.call('profiles.get', { profile: reference });
        const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
        const name = options.name ?? profile.name;
        const saved = await session.call('templates.save', { input: { ...input, name } });
        if (options.json) printJson(saved);
        else printLine(text('cli.templateSaved', { name }));
      });
    });

  template
    .command('remove <template>')
    .description('move a template to the trash')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        await session.call('templates.remove', { template: reference });
        if (options.json) printJson({ removed: reference });
        else printLine(text('cli.templateRemoved', { name: reference }));
      });
    });
}
