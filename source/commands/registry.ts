import type { Command } from './command.ts';

/** Every command; the first is the one that runs when none is named. */
export const commands: readonly Command[] = [
	{
		name: 'monitor',
		usage: '[monitor]',
		summary: 'watch nodes, pods and containers, live',
		flagGroups: ['cluster', 'scope', 'monitor', 'general'],
		load: async () => (await import('./monitor.ts')).monitor,
	},
	{
		name: 'top',
		usage: 'top nodes|pods|containers [NAME]',
		summary: 'print usage once, as kubectl top does',
		flagGroups: ['cluster', 'scope', 'top', 'general'],
		load: async () => (await import('./top.ts')).topCommand,
	},
	{
		name: 'explain',
		usage: 'explain SUBJECT',
		summary: "every tool's number of one thing, and the way between them",
		flagGroups: ['cluster', 'scope', 'explain', 'general'],
		load: async () => (await import('./explain.ts')).explain,
	},
	{
		name: 'doctor',
		usage: 'doctor [node/NAME|pod/NAME|hpa/NAME]',
		summary: 'why kubectl top fails: the cause, its proof, and what to type',
		flagGroups: ['cluster', 'scope', 'doctor', 'general'],
		load: async () => (await import('./doctor.ts')).doctor,
	},
	{
		name: 'demo',
		usage: 'demo',
		summary: 'watch the embedded demo cluster, or serve it',
		flagGroups: ['scope', 'monitor', 'demo', 'general'],
		load: async () => (await import('./demo.ts')).demo,
	},
];
