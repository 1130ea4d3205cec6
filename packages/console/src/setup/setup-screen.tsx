export const SetupScreen = () => <p className="p-5">Setup</p>
