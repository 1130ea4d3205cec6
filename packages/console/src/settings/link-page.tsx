export const LinkPage = () => <p className="p-5">x</p>
