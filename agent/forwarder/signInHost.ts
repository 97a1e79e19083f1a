/** A plain page at this name is answered by the forwarder itself, to whoever has its login. */
export const signInHost = 'sign-in.invalid';
