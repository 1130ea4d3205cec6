export const SignInScreen = () => <p className="p-5">Sign</p>
