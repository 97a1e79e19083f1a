/** Style sheets are imported for their effect; the build takes them from there. */
declare module '*.css';
