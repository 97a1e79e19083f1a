// Runs before the first paint, so that a chosen theme does not flash the other one.
const chosenTheme = localStorage.getItem('warren.theme');
const systemTheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.dataset.theme =
  chosenTheme === 'light' || chosenTheme === 'dark' ? chosenTheme : systemTheme;
