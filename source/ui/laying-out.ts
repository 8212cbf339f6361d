/** Whether Ink lays anything out; told before it is loaded. Where a painter draws, it has nothing to. */
export const layingOut = { isNeeded: true };
