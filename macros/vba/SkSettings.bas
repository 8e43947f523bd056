Attribute VB_Name = "SkSettings"
Option Explicit

' The settings that the installer wrote: lines of "KEY","value" in one file of the user's.
'
' xlwings would also read a sheet of the workbook in front and a file beside it. Both come by e-mail from strangers,
' and a setting names the program to start: so they are not read. It would also hang for minutes on a blank line.

Private mText As String
Private mRead As Boolean

Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    Dim setting As Variant, cells As Variant
    GetConfig = default
    For Each setting In Split(SettingsText(), vbLf)
        cells = Split(Trim$(setting), """,""")
        If UBound(cells) = 1 Then
            If UCase$(Mid$(cells(0), 2)) = UCase$(configKey) Then GetConfig = Expanded(Left$(cells(1), Len(cells(1)) - 1))
        End If
    Next setting
End Function

Public Sub SkForgetSettings()
    ' A function in ten thousand cells must not read the file ten thousand times; a pressed button reads it anew.
    mRead = False
End Sub

Private Function SettingsText() As String
    If Not mRead Then
        mText = ""
        On Error Resume Next
        mText = Replace(ReadFile(SettingsFile()), vbCr, "")
        On Error GoTo 0
        mRead = True
    End If
    SettingsText = mText
End Function

Private Function SettingsFile() As String
    #If Mac Then
        SettingsFile = GetMacDir("$HOME", False) & "/" & PROJECT_NAME & ".conf"
    #Else
        SettingsFile = Expanded("%USERPROFILE%\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf")
    #End If
End Function

Private Function Expanded(text As String) As String
    ' Through Windows Script, whose paths are Unicode; Environ would lose the accents of a user's name.
    #If Mac Then
        Expanded = text
    #Else
        Expanded = WScript.ExpandEnvironmentStrings(text)
    #End If
End Function

Public Function SkTempFolder() As String
    SkTempFolder = Expanded("%TEMP%")
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
        ' Not with Open: it cannot name a file in the folder of a user with an accent.
        Dim file As Object
        Set file = CreateObject("Scripting.FileSystemObject").OpenTextFile(FileName, 1)
        If Not file.AtEndOfStream Then ReadFile = file.ReadAll
        file.Close
    #End If
End Function
