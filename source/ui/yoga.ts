/**
 * Yoga, which works out where Ink draws what, as the bundle gives it to Ink. Where nothing is laid out it is not loaded: to
 * start its WebAssembly takes some milliseconds of the screen's thread, and so does its first layout of nothing. Ink then
 * has nodes without Yoga's, as those of text within text always are.
 */
import { layingOut } from './laying-out.ts';

export const yoga = layingOut.isNeeded ? (await import('yoga-layout')).default : { Node: { create: () => undefined } };
