Attribute VB_Name = "SkFiles"
Option Explicit

' Files by their Unicode names. VBA's own Open, Kill and Environ go through the system's code page, and lose the accents
' of a user's folder; so Windows Script does it. On macOS they do not.

Public Function SkExpanded(text As String) As String
    #If Mac Then
        SkExpanded = text
    #Else
        SkExpanded = WScript.ExpandEnvironmentStrings(text)
    #End If
End Function

Public Function SkTempFolder() As String
    SkTempFolder = SkExpanded("%TEMP%")
End Function

Public Function ReadFile(ByVal FileName As String) As String
    #If Mac Then
        Dim number As Integer, part As String
        number = FreeFile
        Open ToMacPath(FileName) For Input As #number
        Do While Not EOF(number)
            Line Input #number, part
            ReadFile = ReadFile & part & vbLf
        Loop
        Close #number
    #Else
        Dim file As Object
        Set file = CreateObject("Scripting.FileSystemObject").OpenTextFile(FileName, 1)
        If Not file.AtEndOfStream Then ReadFile = file.ReadAll
        file.Close
    #End If
End Function

Public Sub SkDeleteFile(FileName As String)
    #If Not Mac Then
        CreateObject("Scripting.FileSystemObject").DeleteFile FileName
    #End If
End Sub
