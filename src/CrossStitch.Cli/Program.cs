Console.WriteLine("crossstitch");
