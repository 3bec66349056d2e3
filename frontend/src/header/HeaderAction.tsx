export const HeaderAction = () => null;
