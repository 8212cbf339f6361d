/** Why there is no demo cluster, in words for people: options that make no sense, a port that is taken … */
export class DemoError extends Error {}
